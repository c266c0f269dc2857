"""Private files of a document: checked, stored under their SHA-256, linked for those who may."""

from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

from klk_workflow import clock
from klk_workflow.content.rendering import FileLink
from klk_workflow.models import Document, DocumentFile, Edition, EditionFile, Rendition
from klk_workflow.models.files import PICTURE_TYPES, private_storage

#: The largest file a document takes, in bytes.
MAX_SIZE: Final = 10 * 1024 * 1024

#: What may be attached: suffix, media type, and how such a file begins.
KINDS: Final[dict[str, tuple[str, tuple[bytes, ...]]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
    ),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (b"PK\x03\x04",),
    ),
    ".pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (b"PK\x03\x04",),
    ),
    ".odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    ".png": ("image/png", (b"\x89PNG",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".webp": ("image/webp", (b"RIFF",)),
}


def check_file(upload: "File[bytes]", *, picture: bool = False) -> str:
    """The media type of an upload that a document may hold.

    Raises ValidationError with a message for the form: too large, empty, or of another kind than
    its name says (`picture`: only pictures).
    """
    suffix = PurePath(upload.name or "").suffix.lower()
    kinds = {s: k for s, k in KINDS.items() if not picture or k[0] in PICTURE_TYPES}
    size = upload.size or 0
    if size > MAX_SIZE:
        raise ValidationError(
            _("Die Datei ist %(size)s MB groß; möglich sind höchstens %(max)s MB."),
            params={"size": number_format(size / 1024**2, 1), "max": MAX_SIZE // 1024**2},
        )
    if not size:
        raise ValidationError(_("Die Datei ist leer."))
    if suffix not in kinds:
        raise ValidationError(
            _("Diese Art von Datei geht hier nicht. Möglich sind: %(kinds)s."),
            params={"kinds": ", ".join(sorted(s.lstrip(".").upper() for s in kinds))},
        )
    mime, beginnings = kinds[suffix]
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    if not head.startswith(beginnings):
        raise ValidationError(_("Der Inhalt der Datei passt nicht zu ihrer Endung."))
    if mime in PICTURE_TYPES:
        _without_metadata(upload.read())
        upload.seek(0)
    return mime


def store(document: Document, upload: "File[bytes]", *, picture: bool = False) -> DocumentFile:
    """Keep an upload with the document; the same bytes are kept once. ValidationError as above."""
    mime = check_file(upload, picture=picture)
    data = upload.read()
    if mime in PICTURE_TYPES:
        data = _without_metadata(data)
    digest = sha256(data).hexdigest()
    found = DocumentFile.objects.filter(document=document, sha256=digest).first()
    if found:
        return found
    name = PurePath(upload.name or digest).name[-200:]
    path = keep(digest, data)
    return DocumentFile.objects.create(
        document=document,
        sha256=digest,
        name=name,
        mime=mime,
        size=len(data),
        file=path,
        created_at=clock.now(),
    )


def keep(digest: str, data: bytes) -> str:
    """Store these bytes under their SHA-256, once; give the path.

    What a process that was killed has written in part only is written again.
    """
    path = _place(digest)
    storage = private_storage()
    if storage.exists(path):
        with storage.open(path) as stored:
            if file_digest(stored, "sha256").hexdigest() == digest:
                return path
        storage.delete(path)
    return str(storage.save(path, ContentFile(data)))


def _place(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def is_intact(row: DocumentFile | EditionFile | Rendition) -> bool:
    """Whether the stored bytes are those that the row names, at the place that they have."""
    if not str(row.file.name).startswith(_place(row.sha256)):
        return False
    try:
        with row.file.open("rb") as stored:
            return file_digest(stored, "sha256").hexdigest() == row.sha256
    except OSError:
        return False


def _without_metadata(data: bytes) -> bytes:
    """A picture without EXIF: a place or a device written into it may endanger somebody."""
    # WeasyPrint lets the whole process take pictures that are cut off; we refuse them.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(data)) as picture:
            kept = ImageOps.exif_transpose(picture)  # else a telephone's pictures lie on the side
            out = BytesIO()
            kept.info = {}
            kept.save(out, format=picture.format, quality=92)
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(_("Das Bild lässt sich nicht öffnen.")) from error


def copy_between(document: Document, file: DocumentFile) -> DocumentFile:
    """The same file in another document."""
    copied, _created = DocumentFile.objects.get_or_create(
        document=document,
        sha256=file.sha256,
        defaults={
            "name": file.name,
            "mime": file.mime,
            "size": file.size,
            "file": file.file.name,
            "created_at": clock.now(),
        },
    )
    return copied


def internal_links(document: Document) -> dict[str, FileLink]:
    """Links for the member area, through the guarded view."""
    return {
        file.sha256: FileLink(
            reverse("dokumente:datei", args=[document.pk, file.sha256]),
            file.name,
            file.mime,
            file.size,
        )
        for file in document.files.all()
    }


def edition_links(permanent_url: str, files: list[DocumentFile]) -> dict[str, FileLink]:
    """Links below the permanent address of an Edition."""
    return {
        file.sha256: FileLink(
            f"{permanent_url}dateien/{file.sha256}/{quote(file.name)}",
            file.name,
            file.mime,
            file.size,
        )
        for file in files
    }


def copy_into_edition(edition: Edition, files: list[DocumentFile]) -> None:
    """Give an Edition its own rows for these files; the bytes are shared and never change."""
    EditionFile.objects.bulk_create(
        EditionFile(
            edition=edition,
            sha256=file.sha256,
            name=file.name,
            mime=file.mime,
            size=file.size,
            file=file.file.name,
        )
        for file in files
    )
