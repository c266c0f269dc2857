"""English, on a German site."""
