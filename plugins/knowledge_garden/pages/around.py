"""What stands around a page's own text: its header before, and its credit, backlinks and edit link after."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_garden.indexes import Indexes
from knowledge_garden.model.addresses import HOME, as_index
from knowledge_garden.model.garden import Record
from knowledge_garden.model.records import Fields, Kind
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render


@dataclass(frozen=True, slots=True)
class Summary:
    """What describes a record's page to machines: plain text."""

    title: str
    description: str


def summary_of(known: Indexes, path: str) -> Summary | None:
    """The summary of the record at `path`; None for a page that is no record."""
    record = record_at(known, path)
    return Summary(_title(known, record), description(record)) if record else None


def before_text(known: Indexes, frame: Frame, path: str) -> str:
    """The header of the page at `path`, as HTML."""
    record = record_at(known, path)
    if record is not None:
        return render(f"{record.kind}_head.html", known, frame, path, **_values(known, path, record))
    return render("home_head.html", known, frame, path, **_values(known, path, None)) if as_index(path) == HOME else ""


def after_text(known: Indexes, frame: Frame, path: str) -> str:
    """The footer of the page at `path`, as HTML."""
    record = record_at(known, path)
    name = record.kind.value if record else "home" if as_index(path) == HOME else "page"
    return render(f"{name}_foot.html", known, frame, path, **_values(known, path, record))


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


def _title(known: Indexes, record: Record[Fields]) -> str:
    shown = known.credits.shown(record.slug) if record.kind is Kind.PERSON else None
    return shown.name if shown else record.title


def _values(known: Indexes, path: str, record: Record[Fields] | None) -> dict[str, object]:
    values: dict[str, object] = {"page": known.garden.pages[path], "record": record}
    if record is not None and record.kind is Kind.LESSON:
        chain = known.failures.chain_of.get(record.slug, ())
        place = next((number for number, each in enumerate(chain, 1) if each.slug == record.slug), 0)
        values |= {"chain": chain, "place": place}
    return values
