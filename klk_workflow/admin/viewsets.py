"""Offices, periods and outlines: what the administration keeps."""

from typing import Any

VIEWSETS: list[Any] = []
