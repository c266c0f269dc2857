"""What changed since an earlier look, counted for many documents at once."""

from collections import defaultdict
from collections.abc import Mapping

from klk_workflow.content.history import parts_at
from klk_workflow.models import Document, Part

Leaves = dict[tuple[str, str], str]


def changed_parts(documents: list[Document], since: Mapping[int, int]) -> dict[int, int]:
    """How many parts of each document differ from its revision in `since` (document -> revision).

    Added and removed parts count; documents that are not in `since` are left out.
    """
    asked = [document for document in documents if document.pk in since]
    kinds = list(dict.fromkeys(kind for document in asked for kind in document.type.parts))
    if not asked:
        return {}
    then = parts_at([since[document.pk] for document in asked], kinds)
    now: dict[int, list[Part]] = defaultdict(list)
    for kind in kinds:
        rows = kind._default_manager.filter(document_id__in=[d.pk for d in asked])
        for part in rows.select_related(*(kind.related or (None,))):
            now[part.document_id].append(part)
    return {
        document.pk: difference(leaves(then[since[document.pk]]), leaves(now[document.pk]))
        for document in asked
    }


def leaves(parts: list[Part]) -> Leaves:
    """The digest of each part by kind and key."""
    return {(part.kind, part.key): part.leaf() for part in parts}


def difference(old: Leaves, new: Leaves) -> int:
    """How many parts are not the same in both."""
    return sum(old.get(key) != new.get(key) for key in old.keys() | new.keys())
