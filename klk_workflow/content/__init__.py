"""The text of a document: written part by part, spelt canonically, kept, compared, rendered."""
