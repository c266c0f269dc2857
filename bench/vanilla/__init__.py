"""What one gets from Wagtail alone: a page with a StreamField and two-step moderation."""
