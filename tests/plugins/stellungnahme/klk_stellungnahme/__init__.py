"""Stellungnahmen."""
