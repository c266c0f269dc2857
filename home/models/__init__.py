"""The pages of the website."""

from home.models.home_page import HomePage
from home.models.material import (
    GuidePage,
    MaterialIndexPage,
    MaterialPage,
    PublicationPage,
    TrainingPage,
)
from home.models.standard import StandardPage

__all__ = [
    "GuidePage",
    "HomePage",
    "MaterialIndexPage",
    "MaterialPage",
    "PublicationPage",
    "StandardPage",
    "TrainingPage",
]
