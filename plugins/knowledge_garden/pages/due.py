"""What is due in a community as Markdown for an issue, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge_garden.indexes.due import ACTION, DueItem
from knowledge_garden.locale import Language
from knowledge_garden.model.messages import Message, message, messages
from knowledge_garden.pages.markdown import Pages, escaped

_IN_ISSUE = 100  # items of one community


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
