"""The blocks of the demo's pages: texts, drawings and films out of its data."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

from home.demo import pictures

DATA = Path(__file__).parent / "data"


def value(block: dict[str, Any]) -> Any:
    """Make of a block's data what Wagtail keeps."""
    said = block["value"]
    match block["type"]:
        case "text":
            return RichText(said)
        case "callout":
            return said | {"text": RichText(said["text"])}
        case "steps" | "accordion":
            return [step | {"text": RichText(step["text"])} for step in said]
        case "video":
            texts = {"transcript": RichText(said["transcript"])}
            return said | texts | {name: _carried(said[name]) for name in ("file", "captions")}
        case "figure":
            image = picture(said["drawing"])
            image.contextual_alt_text, image.decorative = said["alt"], False
            return {"image": image, "caption": said["caption"], "source": said["source"]}
        case _:
            return said


def picture(name: str) -> Any:
    """The drawing of this name as a picture of the library; drawn once."""
    model = get_image_model()
    title = f"Zeichnung: {name}"
    if (known := model.objects.filter(title=title).first()) is not None:
        return known
    content = ImageFile(ContentFile(pictures.draw(name)), name=f"zeichnung-{name}.png")
    return model.objects.create(title=title, file=content)


def _carried(name: str) -> Any:
    model = get_document_model()
    if (known := model.objects.filter(title=name).first()) is not None:
        return known
    content = ContentFile((DATA / name).read_bytes(), name=name)
    return model.objects.create(title=name, file=content)
