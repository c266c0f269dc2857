"""What is said about a file before the click, and all files of a page in one."""

import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MEGABYTE = 1_000_000


def facts(value: Mapping[str, Any]) -> str:
    """Name kind, pages, size and accessibility of one file block: "PDF, 18 Seiten, 212 KB"."""
    document = value["document"]
    parts = [document.file_extension.upper()]
    if pages := value["pages"]:
        parts.append(ngettext("%(n)d Seite", "%(n)d Seiten", pages) % {"n": pages})
    parts.append(size(document.get_file_size()))
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
    more = ngettext("dazu %(n)d weitere Datei", "dazu %(n)d weitere Dateien", others)
    return f"{first}; {more % {'n': others}}"


def size(number: int) -> str:
    """A number of bytes as people read it."""
    if number < MEGABYTE:
        return f"{max(1, round(number / 1000))} kB"
    return f"{number_format(number / MEGABYTE, 1)} MB"


def pack(values: Iterable[Mapping[str, Any]]) -> IO[bytes]:
    """Put the files into one ZIP; large ones go to the disk, not into memory."""
    package = tempfile.SpooledTemporaryFile(max_size=MEGABYTE)  # noqa: SIM115 - the caller sends it
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, value in enumerate(values, 1):
            if document := value["document"]:
                with document.file.open("rb") as source:
                    name = f"{number:02d}-{slugify(value['title'])}.{document.file_extension}"
                    archive.writestr(zipfile.ZipInfo(name), source.read(), zipfile.ZIP_DEFLATED)
    package.seek(0)
    return package
