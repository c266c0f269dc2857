"""Views of the member area."""
