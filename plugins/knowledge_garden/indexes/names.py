"""Every name a page can be called by: slugs, aliases, and both with the kind's folder before them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from knowledge_garden.hints import Near
from knowledge_garden.model.addresses import FOLDER_PAGES, RESERVED, is_slug
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.publication import Publication
from knowledge_garden.model.records import Kind

BAD_ALIAS = message("Use lower-case letters, digits and hyphens, and no folder.")
RESERVED_ALIAS = message("It names a folder's own page. Choose another alias.")


@dataclass(frozen=True, slots=True)
class Names:
    """Name → paths of the pages that have it. More than one path: the name is ambiguous.

    `hidden` holds the names of the pages that are not shown, apart, so that no hint gives one away.
    """

    paths: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, str]
    unpublished: frozenset[str]
    nearest: Near = field(repr=False)
    problems: tuple[Problem, ...] = field(default=(), repr=False)

    def published(self, path: str) -> bool:
        """Whether the page at `path` is shown."""
        return path not in self.unpublished

    def find(self, name: str) -> tuple[str, ...]:
        """The shown pages with this name. A final .md and upper case make no difference."""
        return self.paths.get(_key(name), ())

    def withheld(self, name: str) -> str:
        """The path of the page with this name that is not shown; "" where there is none, or one that is shown."""
        return "" if self.find(name) else self.hidden.get(_key(name), "")

    def near(self, name: str) -> str:
        """The nearest name, or ""."""
        return self.nearest.to(name, cutoff=0.7)


def index_names(garden: Garden, publication: Publication) -> Names:
    """Collect the names of all pages of the whole garden, and report the aliases that are names of others."""
    unpublished = publication.pages
    names: dict[str, list[str]] = {}
    hidden: dict[str, str] = {}
    problems: list[Problem] = []
    for path in garden.pages:
        for name in _names_of(path):
            if path in unpublished:
                hidden[name] = path
            else:
                names.setdefault(name, []).append(path)
    for record in garden.records():
        if record.path in unpublished:
            hidden.update((_key(alias), record.path) for alias in record.aliases)
            continue
        folder = PurePosixPath(record.path).parts[0]
        for position, alias in enumerate(record.aliases):
            if publication.mentions.within(alias):
                continue  # an old address that names somebody who is not shown by name no longer redirects
            line = record.line("aliases", position)
            reserved = alias.casefold() in RESERVED
            if reserved or (record.kind is not Kind.PERSON and not is_slug(alias)):
                fault = message("The alias {alias} can't be a page's name.", alias=alias)
                hint = RESERVED_ALIAS if reserved else BAD_ALIAS
                problems.append(problem("bad-slug", garden.file(record.path), line, fault, hint))
                continue
            taken = [path for path in names.get(alias.casefold(), ()) if path.startswith(f"{folder}/")]
            if taken:
                fault = message("The alias {alias} is already a name of {taken}.", alias=alias, taken=taken[0])
                problems.append(problem("duplicate-alias", garden.file(record.path), line, fault))
                continue
            for key in (alias, f"{folder}/{alias}"):
                names.setdefault(key.casefold(), []).append(record.path)
    paths = {name: tuple(dict.fromkeys(of_name)) for name, of_name in names.items()}
    return Names(paths, hidden, unpublished, Near(paths), tuple(problems))


def _key(name: str) -> str:
    return name.strip().removesuffix(".md").casefold()


def _names_of(path: str) -> set[str]:
    """lessons/2017/x.md is x, lessons/x and lessons/2017/x; a folder's own page is called by the folder."""
    pure = PurePosixPath(path)
    folder = pure.parts[0] if len(pure.parts) > 1 else ""
    if pure.stem in FOLDER_PAGES:
        return {str(pure.parent).casefold() if folder else "index"}
    names = {pure.stem, str(pure.with_suffix("")), *([f"{folder}/{pure.stem}"] if folder else [])}
    return {name.casefold() for name in names}
