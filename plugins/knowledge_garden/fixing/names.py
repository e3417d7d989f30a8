"""Puts the names right that a record's fields give: communities, causes, lessons and other keys of the garden."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from knowledge_garden.fixing.edits import Edit, Text
from knowledge_garden.fixing.spans import Span
from knowledge_garden.fixing.values import change, read_spans
from knowledge_garden.hints import Near
from knowledge_garden.model.addresses import FOLDER_PAGES
from knowledge_garden.model.community import SEATS
from knowledge_garden.model.lesson import RELATIONS
from knowledge_garden.model.records import Kind
from knowledge_garden.model.settings import Settings

_NEAR = {"communities": Kind.COMMUNITY, **dict.fromkeys(RELATIONS, Kind.LESSON)}
_CASE = {"told_by": Kind.PERSON, "partners": Kind.PARTNER, "uses": Kind.LESSON, **dict.fromkeys(SEATS, Kind.PERSON)}


@dataclass(frozen=True)
class GardenNames:
    """What texts can name. `slugs` are those of the files, whether or not they can be read; `aliases` map to pages.

    `pages`: content paths of all pages; `files`: those of what is beside them; `generated`: pages that no file holds.
    `unshown`: pages whose names must not be offered. `settings` is None where garden.yml can't be read.
    """

    slugs: Mapping[Kind, Collection[str]]
    aliases: Mapping[str, str]
    pages: Collection[str]
    files: Collection[str]
    generated: Collection[str]
    unshown: Collection[str]
    settings: Settings | None
    _near: dict[object, Near] = field(default_factory=dict, repr=False, compare=False)

    def near(self, what: object, names: Collection[str]) -> Near:
        """The names, prepared once for each `what`."""
        if what not in self._near:
            self._near[what] = Near(names)
        return self._near[what]

    @cached_property
    def offered(self) -> dict[Kind, Collection[str]]:
        """The slugs that may be offered in the place of a misspelled one: never a person's."""
        unshown = {(path.partition("/")[0], PurePosixPath(path).stem) for path in self.unshown}
        folders = {Kind.LESSON: "lessons", Kind.COMMUNITY: "communities", Kind.PARTNER: "partners"}
        return {
            kind: {slug for slug in self.slugs[kind] if (folder, slug) not in unshown}
            for kind, folder in folders.items()
        }

    @cached_property
    def wiki(self) -> frozenset[str]:
        """Every name that [[…]] takes, in lower case."""
        names = set(self.aliases)
        for path in self.pages:
            names |= names_of(path)
        names |= {path.removesuffix(".md") for path in self.generated}
        names |= {posixpath.dirname(path) for path in self.generated if path.endswith("/index.md")}
        return frozenset(name.casefold() for name in names)

    @cached_property
    def by_stem(self) -> dict[str, list[str]]:
        """The pages of each slug."""
        pages: dict[str, list[str]] = {}
        for path in self.pages:
            pages.setdefault(PurePosixPath(path).stem, []).append(path)
        return pages

    @cached_property
    def offered_wiki(self) -> Near:
        """The names that may be offered for a misspelled [[…]]: the slugs of lessons, communities, partners and pages."""
        plain = (
            path
            for path in self.pages
            if not path.startswith("people/") and PurePosixPath(path).stem not in FOLDER_PAGES
        )
        return Near(PurePosixPath(path).stem for path in plain if path not in self.unshown)


def names_of(path: str) -> set[str]:
    """The names of a page: lessons/2017/x.md is x, lessons/x and lessons/2017/x; a folder's page has the folder's."""
    pure = PurePosixPath(path)
    if pure.stem in FOLDER_PAGES:
        return {str(pure.parent) if len(pure.parts) > 1 else "index"}
    return {pure.stem, f"{pure.parts[0]}/{pure.stem}", str(pure.with_suffix(""))}


def fix_names(text: str, kind: Kind, names: GardenNames, first_line: int) -> Text:
    """A record's YAML with the names of its fields as the garden writes them; what is in doubt stays."""
    read = read_spans(text)
    return Text(text).edited(_edits(read.spans.values, kind, names), first_line) if read else Text(text)


def _edits(values: Mapping[str, Span], kind: Kind, names: GardenNames) -> Iterator[Edit]:
    for path, span in values.items():
        name, _, rest = path.partition(".")
        better = _better(kind, name, rest, span.value, names) if span.value else ""
        if better and better != span.value:
            yield change(span, name, better)
    dimensions = names.settings.dimensions if names.settings else {}
    if kind in (Kind.LESSON, Kind.PERSON):
        for path, span in values.items():
            dimension = dimensions.get(path.removeprefix("origin.")) if path.startswith("origin.") else None
            if dimension and dimension.values and span.value not in dimension.values:
                better = _same(span.value, dimension.values)
                if better:
                    yield change(span, path, better)


def _better(kind: Kind, name: str, rest: str, value: str, names: GardenNames) -> str:
    if kind is Kind.LESSON and names.settings and name in ("causes", "prevented"):
        causes = names.settings.causes
        known = value in causes or value in names.settings.former_causes
        return "" if known else names.near("causes", causes).only(value)
    if kind is Kind.LESSON and names.settings and name in ("outcome", "stage"):
        keys: Collection[str] = names.settings.outcomes if name == "outcome" else names.settings.stages
        return "" if value in keys else _same(value, keys)
    if kind is Kind.LESSON and name in _NEAR:
        of = _NEAR[name]
        return "" if value in names.slugs[of] else names.near(of, names.offered[of]).only(value)
    if name in _CASE and (not rest or rest.isdigit() or rest.endswith("person")):
        slugs = names.slugs[_CASE[name]]
        return "" if value in slugs else _same(value, slugs)
    return ""


def _same(value: str, names: Collection[str]) -> str:
    """The name that a value is but for case and the signs between its parts."""
    key = "-".join(value.casefold().replace("_", " ").replace("-", " ").split())
    same = [name for name in names if name.casefold() == key]
    return same[0] if len(same) == 1 else ""
