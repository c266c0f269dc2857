"""The member area inside Wagtail's admin."""
