"""The Länderberichte of the demo conference."""
