"""What credits.yml names: the pages and communities it means, and everything in it that can't be right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from knowledge_garden.hints import did_you_mean
from knowledge_garden.indexes.names import Names
from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.dates import When
from knowledge_garden.model.declarations import DECLARATIONS_FILE
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.names import address_offset, name_key
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.publication import Publication

_SECTIONS = ("declared", "reviewed", "corrections")


@dataclass(slots=True)
class Written:
    """Finds the pages and communities that credits.yml means."""

    garden: Garden
    names: Names
    _paths: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def paths(self, page: str) -> tuple[str, ...]:
        """Paths in the content folder of the pages with this slug, alias or path; the page may be one that is not shown."""
        if page not in self._paths:
            name = page.removeprefix(f"{self.garden.content}/") if self.garden.content else page
            hidden = self.names.withheld(name)
            self._paths[page] = self.names.find(name) or ((hidden,) if hidden else ())
        return self._paths[page]

    def file(self, page: str) -> str:
        """The path from the repository's top of the page that is meant; what is written where that is none or several."""
        paths = self.paths(page) if page else ()
        if len(paths) == 1:
            return self.garden.file(paths[0])
        # A page of the revision that is gone from the work tree can be named by its path.
        file = self.garden.file(page)
        return file if file in self.garden.history.pages else page

    def community(self, name: str) -> str:
        """The slug of the community with this slug or alias; what is written where there is none."""
        if not name or name in self.garden.communities:
            return name
        paths = self.paths(f"communities/{name}")
        return next((slug for slug, charter in self.garden.communities.items() if (charter.path,) == paths), name)


def check_declarations(garden: Garden, names: Names, publication: Publication) -> list[Problem]:
    """Every problem of credits.yml that shows only when it is compared with the garden."""
    return list(_Check(garden, names, publication).problems()) if any(dict(garden.declarations).values()) else []


class _Check:
    def __init__(self, garden: Garden, names: Names, publication: Publication) -> None:
        self.garden = garden
        self.names = names
        self.written = Written(garden, names)
        self.publication = publication
        # The history has people too whose name is one word in small letters.
        self.in_history = {name_key(contribution.person.name) for contribution in garden.history.contributions}

    def problems(self) -> Iterator[Problem]:
        for section in _SECTIONS:
            for number, entry in enumerate(getattr(self.garden.declarations, section)):
                for name, value in entry:
                    yield from self.field((section, number, name), value)

    def field(self, at: tuple[str, int, str], value: object) -> Iterator[Problem]:
        name = at[-1]
        if isinstance(value, When):
            if self.garden.is_future(value):
                yield self.report("future-date", at, message("{date} is in the future.", date=value))
            return
        if not isinstance(value, str) or not value:
            return
        if name != "evidence" and address_offset(value) >= 0:
            yield self.report("address-in-content", at, message("{at} holds an e-mail address.", at=_path(at)))
        elif name in ("person", "give_to"):
            yield from self.person(at, value, ())
        elif name == "decided_by":
            yield from self.person(at, value, self.garden.communities)
        elif name == "page":
            yield from self.page(at, value)
        elif name == "community" and self.written.community(value) not in self.garden.communities:
            fault = message("{at} names {value}; there is no such community.", at=_path(at), value=value)
            yield self.report("unknown-community", at, fault, did_you_mean(value, self.garden.communities))

    def person(self, at: tuple[str, int, str], who: str, others: Collection[str]) -> Iterator[Problem]:
        claimants = self.publication.directory.claimants(who)
        if len(claimants) > 1:
            fault = message("{at} can mean {number} people.", at=_path(at), number=len(claimants))
            yield self.report("ambiguous-link", at, fault, message("Write the slug of the person's profile."))
        elif (
            not claimants
            and is_slug(who)
            and who not in others
            and who not in self.garden.people
            and name_key(who) not in self.in_history
        ):
            hint = did_you_mean(who, [*self.publication.named_people, *others]) or message(
                "Name a person's slug, or write the full name with capital letters."
            )
            yield self.report("unknown-person", at, message("Nobody has the slug {who}.", who=who), hint)

    def page(self, at: tuple[str, int, str], page: str) -> Iterator[Problem]:
        paths = self.written.paths(page)
        if len(paths) > 1:
            choices = " or ".join(path.removesuffix(".md") for path in paths)
            fault = message(
                "{at} is {page}, which can mean {number} pages.", at=_path(at), page=page, number=len(paths)
            )
            yield self.report("ambiguous-link", at, fault, message("Write {choices}.", choices=choices))
        elif not paths and self.written.file(page) not in self.garden.history.pages:
            near = self.names.near(page)
            hint = (
                message("Did you mean {near}?", near=near)
                if near
                else message("Write the page's slug, or its path in the content folder.")
            )
            yield self.report(
                "broken-link", at, message("{at} names {page}; there is no such page.", at=_path(at), page=page), hint
            )

    def report(self, code: str, at: tuple[str, int, str], fault: str, hint: str = "") -> Problem:
        lines = self.garden.declaration_lines
        line = lines.get(_path(at)) or lines.get(f"{at[0]}.{at[1]}", 0)
        return problem(code, self.garden.file(DECLARATIONS_FILE), line, fault, hint)


def _path(at: tuple[str, int, str]) -> str:
    return ".".join(map(str, at))
