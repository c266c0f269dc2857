"""Text in the one form that the editor leaves as it is."""

from typing import Final

from bs4 import BeautifulSoup

from klk_workflow.content.digest import clean_rich_text

#: What a member may do with text; everything else is left out on paste.
FEATURES: Final = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]

#: How often the editor's converter is asked; two or three times are enough for what people write.
_TIMES: Final = 10


def settled(html: str) -> str:
    """Rich text as the editor gives it back when somebody opens it and saves it unchanged.

    The editor's converter moves spaces out of bold words, joins neighbours of the same kind, and
    cannot read what was never closed, `<br>` among it. Stored in this form, a text keeps its digest
    however often it is opened.
    """
    # Wagtail's converter knows pages, which are no models yet while blocks are declared.
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    converter = ContentstateConverter(FEATURES)
    for _time in range(_TIMES):
        before = html
        closed = str(BeautifulSoup(html, "html.parser"))
        opened = converter.from_database_format(closed)
        html = clean_rich_text(converter.to_database_format(opened))
        if html == before:
            break
    return html
