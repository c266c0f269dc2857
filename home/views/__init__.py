"""The website's addresses that are no Wagtail pages."""
