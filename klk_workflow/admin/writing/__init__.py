"""A document is begun and written: section by section, also out of Word."""
