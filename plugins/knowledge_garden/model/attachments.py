"""Which attachments may be published: not those of a page that is withheld, by what links to them and by their names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import PurePosixPath

from knowledge_garden.model.addresses import PEOPLE, resolve
from knowledge_garden.model.garden import Garden, Page
from knowledge_garden.model.mentions import Mentions
from knowledge_garden.model.names import name_key

_PEOPLE = posixpath.dirname(PEOPLE)


def withheld_files(garden: Garden, pages: frozenset[str], mentions: Mentions) -> frozenset[str]:
    """Content paths of the attachments that may not be published, where the pages at `pages` are not.

    Withheld is what is named like a withheld page or like somebody who is not shown by name, what only withheld pages
    link to, and what is in the folder of profiles and linked from no page.
    """
    if not pages:
        return frozenset()
    linked = _linked(page for path, page in garden.pages.items() if path not in pages)
    hidden = _linked(garden.pages[path] for path in pages)
    stems = {path.removesuffix(".md").casefold() for path in pages}
    profiles = {name_key(PurePosixPath(path).stem) for path in pages if path.startswith(f"{_PEOPLE}/")}

    def withheld(path: str) -> bool:
        if mentions.within(path) or _named_like(path, stems):
            return True
        parts = [name_key(PurePosixPath(part).stem) for part in PurePosixPath(path).parts]
        if not profiles.isdisjoint(parts):
            return True
        return path not in linked and (path in hidden or path.startswith(f"{_PEOPLE}/"))

    return frozenset(filter(withheld, garden.files))


def _linked(pages: Iterable[Page]) -> set[str]:
    return {resolve(page.path, link.target) for page in pages for link in page.links if link.target}


def _named_like(path: str, stems: set[str]) -> bool:
    """Whether a file is beside a page and begins with its name (x.png, x-2.png), or in a folder of its name."""
    folder, name = posixpath.split(path.casefold())
    while folder:
        if folder in stems:
            return True
        folder = posixpath.dirname(folder)
    folder = posixpath.dirname(path.casefold())
    stem = PurePosixPath(name).stem
    ends = [position for position, letter in enumerate(stem) if not letter.isalnum()]
    return any(posixpath.join(folder, stem[:end]) in stems for end in (*ends, len(stem)))
