"""Before text out of Word becomes blocks: what goes, what is said about it, and its footnotes."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from django.utils.translation import gettext as _

_SCHEMES = {"http", "https", "mailto"}
_NEVER = ["script", "style", "head", "meta", "link", "title", "xml", "iframe", "object", "template"]
_NEVER += ["form", "input", "button", "select", "textarea", "noscript", "audio", "video"]
_PICTURES = re.compile(r"^(img|picture|svg|canvas|v:.*)$")
_COLOUR = re.compile(
    r"(?:^|[;\s])(?:color|background(?:-color)?|mso-highlight)\s*:\s*"
    r"(?!\s*(?:windowtext|black|auto|inherit|initial|transparent|none|white|#000000|#000\b"
    r"|#ffffff|#fff\b|rgb\(0,\s*0,\s*0\)))",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^#(?:_(?:ftn|edn)|(?:foot|end)note-|sd(?:foot|end)note)(\d+)(?:sym)?$")
_BACK = re.compile(r"^#(?:_(?:ftn|edn)ref\d+|(?:foot|end)note-ref-\d+|sd(?:foot|end)note\d+anc)$")
_COMMENT = re.compile(r"^#?(_msocom_|_msoanchor_|_com_|comment-)")


@dataclass
class Notes:
    """Footnotes found in the text; `before` is how many the section has already."""

    before: int
    texts: list[str] = field(default_factory=list)


def is_safe_link(href: str) -> bool:
    """Whether a link leads to the web or to a mailbox."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and bool(parts.netloc or parts.path)


def clean(soup: BeautifulSoup, notes: Notes) -> list[str]:
    """Take out of the tree what a section cannot hold; give in words what readers will miss."""
    left_out = []
    for what, is_found in (
        (_("Kommentare"), _drop_comments(soup)),
        (_("gelöschter Text aus „Änderungen nachverfolgen“"), _drop(soup, "del")),
        (_("Bilder"), _drop(soup, _PICTURES)),
        (_("Formeln"), _drop(soup, re.compile(r"^(m:.*|math)$"))),
    ):
        if is_found:
            left_out.append(what)
    _drop(soup, _NEVER)
    _drop_hidden(soup)
    _take_notes(soup, notes)
    if any(_has_colour(tag) for tag in soup.find_all()):
        left_out.append(_("Farben"))
    if soup.find(["u", "s", "strike", "sub", "sup"]):
        left_out.append(_("Unterstreichungen, Hoch- und Tiefstellungen"))
    links = [str(a["href"]) for a in soup.find_all("a", href=True)]
    if any(not is_safe_link(href) and not href.startswith("#") for href in links):
        left_out.append(_("Links, die nicht ins Netz führen"))
    return left_out


def comments_in(file: BinaryIO) -> list[str]:
    """What the converter passes over silently: comments and colours of a .docx file."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        text = archive.read("word/document.xml").decode("utf-8", "replace")
    found = []
    if "word/comments.xml" in names and "<w:commentReference" in text:
        found.append(_("Kommentare"))
    if "<w:highlight" in text or re.search(r'<w:color w:val="(?!auto|000000)', text):
        found.append(_("Farben"))
    return found


def _drop(soup: BeautifulSoup, names: object) -> bool:
    found = soup.find_all(names)  # type: ignore[call-overload]
    for tag in found:
        tag.decompose()
    return bool(found)


def _drop_hidden(soup: BeautifulSoup) -> None:
    """Word's conditional comments and declarations, and empty namespaced tags such as o:p."""
    for string in list(soup.find_all(string=True)):
        if isinstance(string, PreformattedString):
            string.extract()
    for tag in soup.find_all(re.compile(r"^[a-z]+:")):
        tag.unwrap()


def _drop_comments(soup: BeautifulSoup) -> bool:
    found = [a for a in soup.find_all("a") if _COMMENT.match(str(a.get("href", "")))]
    found += [a for a in soup.find_all("a") if _COMMENT.match(str(a.get("name", "")))]
    found += soup.find_all(style=re.compile(r"mso-element:\s*comment(-list)?"))
    _decompose(found)
    return bool(found)


def _decompose(tags: list[Tag]) -> None:
    for tag in tags:
        if not tag.decomposed:  # with another that it stood in
            tag.decompose()


def _has_colour(tag: Tag) -> bool:
    if tag.name == "font" and str(tag.get("color", "")).lower() not in {"", "#000000", "black"}:
        return True
    return bool(_COLOUR.search(str(tag.get("style", ""))))


def _take_notes(soup: BeautifulSoup, notes: Notes) -> None:
    """References become [1], [2] …; the notes themselves leave the text."""
    numbers: dict[str, int] = {}
    holders = []
    for anchor in soup.find_all("a", href=_NOTE):
        href = str(anchor["href"])
        numbers.setdefault(href, notes.before + len(numbers) + 1)
        holder = anchor.parent if anchor.parent and anchor.parent.name == "sup" else anchor
        holder.insert_before(NavigableString(f"[{numbers[href]}]"))
        holders.append(holder)
    _decompose(holders)
    found: dict[int, str] = {}
    backs = soup.find_all("a", href=_BACK)
    for back in backs:
        if back.decomposed:
            continue
        holder = _holder(back)
        number = numbers.get(_reference(str(back["href"])))
        back.decompose()
        if number:
            found[number] = re.sub(r"\s+", " ", holder.get_text(" ", strip=True)).strip()
        holder.decompose()
    notes.texts = [found.get(n, "") for n in sorted(numbers.values())]
    for rule in soup.find_all(style=re.compile(r"mso-element:\s*footnote-list")):
        if not rule.get_text(strip=True):
            rule.decompose()


def _holder(back: Tag) -> Tag:
    """The element that holds the whole note."""
    holder = back.find_parent(id=re.compile(r"^(ftn|edn|(foot|end)note-|sd(foot|end)note)\d*"))
    return holder or back.find_parent(["li", "p", "div"]) or back


def _reference(back: str) -> str:
    """The address of the note to which this way back belongs."""
    return back.replace("ref-", "").replace("ref", "").replace("anc", "sym")
