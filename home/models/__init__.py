"""The pages of the website."""

from home.models.home_page import HomePage
from home.models.material import (
    GuidePage,
    MaterialIndexPage,
    MaterialPage,
    PublicationPage,
    RelatedMaterial,
    TrainingPage,
)
from home.models.standard import StandardPage

__all__ = [
    "GuidePage",
    "HomePage",
    "MaterialIndexPage",
    "MaterialPage",
    "PublicationPage",
    "RelatedMaterial",
    "StandardPage",
    "TrainingPage",
]
