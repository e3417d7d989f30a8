"""What is shown around a page's own text: its header before, and its credit, backlinks and edit link after."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_garden.indexes import Indexes
from knowledge_garden.model.addresses import HOME, as_index
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.garden import Record
from knowledge_garden.model.records import Kind
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render

_LESSONS_SHOWN = 200  # of a partner, in one list


@dataclass(frozen=True, slots=True)
class Summary:
    """What describes a record's page to machines: plain text."""

    title: str
    description: str


def summary_of(indexes: Indexes, path: str) -> Summary | None:
    """The summary of the record at `path`; None for a page that is not a record."""
    record = record_at(indexes, path)
    return Summary(record.title, description(record)) if record else None


def before_text(indexes: Indexes, frame: Frame, path: str) -> str:
    """The header of the page at `path`, as HTML."""
    record = record_at(indexes, path)
    if record is not None:
        return render(f"{record.kind}_header.html", indexes, frame, path, **_values(indexes, path, record))
    return (
        render("home_header.html", indexes, frame, path, **_values(indexes, path, None))
        if as_index(path) == HOME
        else ""
    )


def after_text(indexes: Indexes, frame: Frame, path: str) -> str:
    """The footer of the page at `path`, as HTML."""
    record = record_at(indexes, path)
    name = record.kind.value if record else "home" if as_index(path) == HOME else "page"
    return render(f"{name}_footer.html", indexes, frame, path, **_values(indexes, path, record))


def record_at(indexes: Indexes, path: str) -> Record[Fields] | None:
    """The record whose page is at `path`, or None for a page that is none (or whose front matter has errors)."""
    page = indexes.garden.pages[path]
    for kind in Kind:
        record = indexes.garden.of(kind).get(page.slug)
        if record is not None and record.path == path:
            return record
    return None


def description(record: Record[Fields]) -> str:
    """A record in a sentence, as plain text."""
    for name in ("summary", "purpose", "relation"):
        value = getattr(record.fields, name, "")
        if value:
            return str(value)
    return record.title


def _values(indexes: Indexes, path: str, record: Record[Fields] | None) -> dict[str, object]:
    values: dict[str, object] = {"page": indexes.garden.pages[path], "record": record}
    if record is not None and record.kind is Kind.LESSON:
        recurrence, position = indexes.recurrences.of.get(record.slug, (None, -1))
        values |= {"recurrence": recurrence, "position": position}
    if record is not None and record.kind is Kind.PARTNER:
        values |= {"shown": _LESSONS_SHOWN}
    return values
