"""What stands around a page's own text: its header before, and its credit, backlinks and edit link after."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_garden.indexes import Indexes
from knowledge_garden.model.addresses import HOME
from knowledge_garden.model.garden import Record
from knowledge_garden.model.records import Fields, Kind, LessonFields
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render


@dataclass(frozen=True, slots=True)
class Around:
    """HTML before and after a page's text, and what describes the page to machines."""

    before: str
    after: str
    title: str
    description: str
    kind: Kind | None


def around(known: Indexes, frame: Frame, path: str) -> Around:
    """The surroundings of the page at `path`."""
    page = known.garden.pages[path]
    record = record_at(known, path)
    values = {"page": page, "record": record, **(_lesson_values(known, record) if record else {})}
    if record is None:
        before = render("home_head.html", known, frame, path, **values) if path == HOME else ""
        template = "home_foot.html" if path == HOME else "page_foot.html"
        return Around(before, render(template, known, frame, path, **values), page.title, "", None)
    return Around(
        before=render(f"{record.kind}_head.html", known, frame, path, **values),
        after=render(f"{record.kind}_foot.html", known, frame, path, **values),
        title=record.title,
        description=description(record),
        kind=record.kind,
    )


def record_at(known: Indexes, path: str) -> Record[Fields] | None:
    """The record whose page is at `path`, or None for a page that is none (or whose front matter has errors)."""
    page = known.garden.pages[path]
    for kind in Kind:
        record = known.garden.of(kind).get(page.slug)
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


def _lesson_values(known: Indexes, record: Record[Fields]) -> dict[str, object]:
    if not isinstance(record.fields, LessonFields):
        return {}
    chain = known.failures.chain_of.get(record.slug, ())
    return {
        "chain": chain,
        "place": next((n for n, each in enumerate(chain, 1) if each.slug == record.slug), 0),
    }
