"""What is due, as a document for machines and as Markdown for an issue. The form is described in the handbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge_garden.indexes.due import ACTION, DueItem
from knowledge_garden.locale import Language
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import Message, message, messages
from knowledge_garden.outputs.markdown import Pages, escaped

VERSION = 1
_IN_ISSUE = 100  # items of one community


def due_document(
    garden: Garden, due: Mapping[str, tuple[DueItem, ...]], within: int, pages: Pages, language: Language
) -> dict[str, Any]:
    """Plain values: for each community with something due its items, and the same as Markdown."""
    return {
        "version": VERSION,
        "today": garden.today.isoformat(),
        "within": within,
        "communities": [
            {
                "slug": slug,
                "title": garden.communities[slug].title,
                "items": [_item(garden, item) for item in items],
                "markdown": due_markdown(items, pages, language),
            }
            for slug, items in due.items()
        ],
    }


def due_markdown(items: tuple[DueItem, ...], pages: Pages, language: Language) -> str:
    """The items of a community under the names of their owners, in alphabetical order, those without an owner last."""
    text = language.text
    lines: list[str] = []
    for owner, of_owner in by_owner(items[:_IN_ISSUE]):
        lines += [f"### {escaped(owner) if owner else text(message('Without an owner'))}", ""]
        lines += [f"- {_line(item, pages, language)}" for item in of_owner]
        lines += [""]
    more = len(items) - _IN_ISSUE
    if more > 0:
        lines += [text(messages("and {number} more", "and {number} more", more)), ""]
    return "\n".join(lines)


def by_owner(items: Iterable[DueItem]) -> list[tuple[str, list[DueItem]]]:
    """Items by the name of their owner, in alphabetical order, those without an owner ("") last."""
    owners: dict[str, list[DueItem]] = {}
    for item in items:
        owners.setdefault(item.shown_owner, []).append(item)
    return sorted(owners.items(), key=lambda pair: (not pair[0], pair[0].casefold()))


def lateness(item: DueItem) -> Message:
    """When an item is or was due, in words."""
    if item.late > 0:
        return messages("{number} day late", "{number} days late", item.late)
    return message("due {date}", date=item.due.isoformat())


def _line(item: DueItem, pages: Pages, language: Language) -> str:
    page, late = pages.link(item.path, item.title), language.text(lateness(item))
    if item.kind == ACTION:
        return f"{escaped(item.what)} ({page}; {late})"
    return f"{language.text(message('Review'))}: {page} ({late})"


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
