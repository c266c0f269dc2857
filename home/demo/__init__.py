"""The website's demo pages: example texts with pictures and files, always labelled as examples."""

from home.demo.pages import load_pages

__all__ = ["load_pages"]
