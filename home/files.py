"""What is said about a file before the click."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def facts(value: Mapping[str, Any]) -> str:
    """Name kind, pages, size and accessibility of one file block: "PDF, 18 Seiten, 212 KB"."""
    document = value["document"]
    parts = [document.file_extension.upper()]
    if pages := value["pages"]:
        parts.append(ngettext("%(n)d Seite", "%(n)d Seiten", pages) % {"n": pages})
    parts.append(filesizeformat(document.get_file_size()))
    if value["accessible"]:
        parts.append(_("barrierefrei"))
    return ", ".join(parts)


def line(values: Iterable[Mapping[str, Any]]) -> str:
    """Sum the files up for a list: the facts of the first, the number of the others."""
    usable = [value for value in values if value["document"]]
    if not usable:
        return ""
    first, others = facts(usable[0]), len(usable) - 1
    if not others:
        return first
    more = ngettext("und %(n)d weitere Datei", "und %(n)d weitere Dateien", others)
    return f"{first} {more % {'n': others}}"
