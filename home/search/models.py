"""What can be found: one row for each public page or document, and the words they hold."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from home.fields import KeysField


class Entry(models.Model):
    """A public page, a current Edition, or an address that the website always has.

    Pages are known by `page`, everything else by its `path`. The `…_stems` are what the database's
    full text index reads (see `engine`), the facets stand there as words of their own.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", models.CASCADE, null=True, blank=True, related_name="+"
    )
    path = models.CharField(max_length=250, null=True, blank=True, unique=True)
    kind = models.CharField(max_length=50)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    body = models.TextField(blank=True)
    professions = KeysField(blank=True)
    topics = KeysField(blank=True)
    land = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    files_line = models.CharField(max_length=120, blank=True)
    indexed_at = models.DateTimeField(auto_now=True, null=True)

    title_stems = models.TextField()
    about_stems = models.TextField()
    body_stems = models.TextField()
    facet_words = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("Eintrag der Suche")
        verbose_name_plural = _("Einträge der Suche")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page=None) ^ models.Q(path=None),
                name="home_search_page_or_path",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def texts(self) -> tuple[str, str, str]:
        """Title, what is said about it, the text itself."""
        return self.title, f"{self.summary}\n{self.keywords}", self.body

    def get_url(self, request: HttpRequest | None = None) -> str:
        """The address, with no query if the page was loaded with the entry."""
        if self.page is not None:
            return str(self.page.get_url(request))
        return f"/{self.path}/" if self.path else "/"

    def facet_values(self) -> dict[str, Any]:
        """What the facets know of it."""
        names = ("kind", "professions", "topics", "land", "year")
        return {name: getattr(self, name) for name in names}


class Word(models.Model):
    """A word that occurs in public, folded (see `german`), and in how many entries.

    What is no longer public must not live on as a suggestion: `uses` is counted down with each
    entry that goes, and at nothing the word is gone.
    """

    text = models.CharField(max_length=60, primary_key=True)
    stem = models.CharField(max_length=60, db_index=True)
    shown = models.CharField(max_length=60)
    uses = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("Wort der Suche")
        verbose_name_plural = _("Wörter der Suche")

    def __str__(self) -> str:
        return self.shown
