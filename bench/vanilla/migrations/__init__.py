"""Migrations of the page."""
