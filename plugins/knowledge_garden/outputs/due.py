"""What is due, as a document for machines. The form is described in the handbook under "JSON and CSV formats"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from knowledge_garden.indexes.due import DueItem
from knowledge_garden.model.garden import Garden

VERSION = 1


def due_document(
    garden: Garden,
    due: Mapping[str, tuple[DueItem, ...]],
    within: int,
    markdown: Callable[[tuple[DueItem, ...]], str],
) -> dict[str, Any]:
    """Plain values: for each community with something due its items, and what `markdown` makes of them."""
    return {
        "version": VERSION,
        "today": garden.today.isoformat(),
        "within": within,
        "communities": [
            {
                "slug": slug,
                "title": garden.communities[slug].title,
                "items": [_item(garden, item) for item in items],
                "markdown": markdown(items),
            }
            for slug, items in due.items()
        ],
    }


def _item(garden: Garden, item: DueItem) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "what": item.what,
        "title": item.title,
        "file": garden.file(item.path),
        "owner": item.shown_owner,
        "due": item.due.isoformat(),
        "late": item.late,
    }
