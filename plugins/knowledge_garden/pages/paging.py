"""Long lists on several pages, so that none grows without limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from knowledge_garden.indexes import Indexes
from knowledge_garden.model import addresses
from knowledge_garden.pages.description import GeneratedPage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list it is, of how many. `paths`: content paths of all of them, the first one first."""

    number: int
    paths: tuple[str, ...]

    def part(self, items: Sequence[T], size: int) -> Sequence[T]:
        """The items of this page; the last page has all that is left."""
        start = (self.number - 1) * size
        return items[start:] if self.number == len(self.paths) else items[start : start + size]


def paged(
    path: str,
    title: str,
    description: str,
    template: str,
    values: Callable[[Paging, Indexes], Mapping[str, object]],
    pages: int,
    source: str = "",
) -> Iterator[GeneratedPage]:
    """A list on `pages` pages, one at least. `source` as in `GeneratedPage`."""
    paths = tuple(addresses.further(path, number) for number in range(1, max(pages, 1) + 1))
    for number, at in enumerate(paths, 1):
        yield GeneratedPage(at, title, description, template, partial(values, Paging(number, paths)), source=source)


def pages_of(number: int, size: int) -> int:
    """How many pages so many items take."""
    return -(-number // size)
