"""Search: one index for questions, similar lessons, copies and needs, and its files for the browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.links import Link, LinkForm
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.outputs.file import OutputFile
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.link_text import link_text
from knowledge_garden.pages.search import search_pages
from knowledge_garden.pages.similar import linked_lessons
from knowledge_garden.search import (
    Likeness,
    NeedMatch,
    SearchIndex,
    copies,
    facet_labels,
    index_search,
    match_needs,
    search_files,
)

_NAMED = 3  # similar lessons that a notice names


def _search(indexes: Indexes) -> SearchIndex:
    def shown(here: str, name: str, own: str) -> str:
        return link_text(Link(LinkForm.WIKI, name, "", own, 0, "", (0, 0)), indexes, here)

    return index_search(indexes.garden, indexes.publication.published, shown)


def _likeness(indexes: Indexes) -> Likeness:
    return Likeness(indexes[SEARCH])


def _needs(indexes: Indexes) -> dict[tuple[str, str], NeedMatch]:
    garden = indexes.garden
    needs = [
        (slug, need.what) for slug, person in garden.people.items() for need in person.fields.needs if need.is_open
    ]
    needs += [
        (slug, need.what)
        for slug, charter in garden.communities.items()
        for need in charter.fields.needs
        if need.is_open
    ]
    matches = match_needs(garden, indexes[SEARCH], needs, indexes.publication.published)
    return {(match.asker, match.need): match for match in matches}


SEARCH = Index("search", _search)
LIKENESS = Index("likeness", _likeness)
NEEDS = Index("needs", _needs)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """The documents and their words, which lessons are alike, and who and what may meet a need."""
    return (SEARCH, LIKENESS, NEEDS)


@hookimpl
def garden_pages(garden: Garden) -> Iterable[GeneratedPage]:
    """The page on which a question can be asked, and sent to others by its address."""
    return search_pages(garden)


@hookimpl
def garden_outputs(indexes: Indexes, frame: Frame) -> Iterable[OutputFile]:
    """The index in files that the browser loads as a question needs them."""
    files = search_files(indexes[SEARCH], frame.url, facet_labels(indexes.garden))
    return [OutputFile(path, partial(bytes, content)) for path, content in files.items()]


@hookimpl
def garden_checks(indexes: Indexes) -> Iterator[Problem]:
    """Copied lessons, and for lessons that are not in the history yet, those that come near."""
    garden = indexes.whole
    for copy in copies(indexes[SEARCH]):
        pair = (garden.lessons[copy.second.key], garden.lessons[copy.first.key])
        # The one that the history does not have yet is the copy; else the later one in the order of paths.
        lesson, other = sorted(pair, key=lambda record: garden.file(record.path) in garden.history.pages)
        fault = message(
            "{score} percent of the shorter text are in {file} too.", score=copy.score, file=garden.file(other.path)
        )
        yield problem("copied-lesson", garden.file(lesson.path), lesson.page.line, fault)
    if not garden.history.complete:
        return  # what is new can't be told from what is old
    for lesson in indexes.garden.lessons.values():
        if garden.file(lesson.path) not in garden.history.pages:
            yield from _near(indexes, lesson)


def _near(indexes: Indexes, lesson: Lesson) -> Iterator[Problem]:
    similar = indexes[LIKENESS].of(lesson.slug, linked_lessons(indexes, lesson), limit=_NAMED)
    if similar:
        slugs = ", ".join(match.document.key for match in similar)
        hint = message(
            "If this is the same again, write recurs: [{key}]; if it is related, link to it.",
            key=similar[0].document.key,
        )
        yield problem(
            "similar-lesson",
            indexes.garden.file(lesson.path),
            0,
            message("These lessons come near: {slugs}.", slugs=slugs),
            hint,
        )
