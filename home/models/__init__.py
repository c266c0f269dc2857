"""The pages of the website."""

from home.models.current import EventIndexPage, EventPage, NewsIndexPage, NewsPage
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
from home.models.support import PersonalSupportPage

__all__ = [
    "EventIndexPage",
    "EventPage",
    "GuidePage",
    "HomePage",
    "MaterialIndexPage",
    "MaterialPage",
    "NewsIndexPage",
    "NewsPage",
    "PersonalSupportPage",
    "PublicationPage",
    "RelatedMaterial",
    "StandardPage",
    "TrainingPage",
]
