"""A document is read and judged, as it is and as it was."""
