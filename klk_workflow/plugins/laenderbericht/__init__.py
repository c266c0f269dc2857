"""Länderberichte: one for each Land and reporting period."""
