"""People: the list by letter, whom to ask about a lesson, and the board of needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from knowledge_garden.features.search import SEARCH
from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.outputs.file import OutputFile
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.needs import Asking, needs_board, needs_pages
from knowledge_garden.pages.people import Shown, people_file, people_pages, people_parts, shown_people
from knowledge_garden.search import Holder, match_holders


def _holders(indexes: Indexes) -> dict[str, tuple[Holder, ...]]:
    return match_holders(indexes.garden, indexes[SEARCH], indexes.publication.published)


PEOPLE: Index[list[Shown]] = Index("shown_people", shown_people)
BOARD: Index[list[Asking]] = Index("needs_board", needs_board)
HOLDERS = Index("holders", _holders)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """People and needs in the order of their lists, and who holds what a lesson is about."""
    return (PEOPLE, BOARD, HOLDERS)


@hookimpl
def garden_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The list of people, and the board of needs."""
    yield from people_pages(garden)
    yield from needs_pages(garden)


@hookimpl
def garden_outputs(indexes: Indexes, frame: Frame) -> Iterator[OutputFile]:
    """What the list of people is chosen from where it has several pages."""
    if people_parts(indexes.garden) > 1:
        yield OutputFile(addresses.PEOPLE_FILE, partial(people_file, indexes, partial(frame.href, addresses.PEOPLE)))
