"""The first outline of a type, as an operation of the plugin's migration."""

from typing import Any

from django.db.migrations import RunPython
from django.utils.text import slugify


def first_outline(type_key: str, *titles: str) -> RunPython:
    """Lay out a section for each title: public, required, without limit.

    Administration changes it later, as a next version.
    """
    sections: list[dict[str, Any]] = [
        {
            "key": slugify(title),
            "title": title,
            "guiding_question": "",
            "hint": "",
            "articles": [],
            "visibility": "public",
            "max_words": None,
            "required": True,
        }
        for title in titles
    ]

    def lay_out(apps: Any, _schema_editor: Any) -> None:
        outlines = apps.get_model("klk_workflow", "Outline").objects
        outlines.get_or_create(type_key=type_key, version=1, defaults={"data": sections})

    return RunPython(lay_out, RunPython.noop)
