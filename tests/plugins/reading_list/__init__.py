"""A list of everything that lessons cite, and a check that no source is cited without a date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_garden import Code, Garden, GeneratedPage, Index, Indexes, Problem, Severity, hookimpl


@dataclass(frozen=True)
class Citation:
    """A source and the lesson that cites it."""

    title: str
    lesson_path: str
    lesson_title: str


def _citations(indexes: Indexes) -> tuple[Citation, ...]:
    return tuple(
        Citation(source.title, lesson.path, lesson.title)
        for lesson in indexes.garden.lessons.values()
        for source in lesson.fields.sources
    )


CITATIONS = Index("citations", _citations)
UNDATED = Code("undated-source", Severity.WARNING, "A source has no date.", "Add the year in which it was published.")


def _values(indexes: Indexes) -> Mapping[str, object]:
    return {"citations": sorted(indexes[CITATIONS], key=lambda citation: citation.title)}


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    return [CITATIONS]


@hookimpl
def garden_pages(garden: Garden) -> Iterable[GeneratedPage]:
    return [GeneratedPage("reading/index.md", "Reading list", "What our lessons cite.", "reading_list.html", _values)]


@hookimpl
def garden_templates() -> Path:
    return Path(__file__).parent / "templates"


@hookimpl
def garden_problem_codes() -> Iterable[Code]:
    return [UNDATED]


@hookimpl
def garden_checks(indexes: Indexes) -> Iterable[Problem]:
    for lesson in indexes.garden.lessons.values():
        for number, source in enumerate(lesson.fields.sources):
            if source.date is None:
                path, line = indexes.garden.file(lesson.path), lesson.line("sources", number)
                yield UNDATED.at(path, line, f"{source.title} has no date.")
