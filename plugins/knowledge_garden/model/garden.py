"""The garden: every page and record with the history, frozen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from knowledge_garden.model.community import CommunityFields
from knowledge_garden.model.contributions import History
from knowledge_garden.model.dates import When
from knowledge_garden.model.declarations import Declarations
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.links import Heading, Link
from knowledge_garden.model.outside import OutsideLinks
from knowledge_garden.model.partner import PartnerFields
from knowledge_garden.model.person import PersonFields
from knowledge_garden.model.records import Kind
from knowledge_garden.model.seats import PastSeat
from knowledge_garden.model.settings import Settings

F = TypeVar("F", bound=Fields, covariant=True)


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file of the content. `path` is relative to the content folder; `line` is the body's first line.

    `html` is what may be published of the body; headings, links and anchors are those of it.
    `kind` is the record it is meant to be, by its path; whether its front matter makes it one is another matter.
    `language` is that of the text, as in HTML: the page's own, else the garden's.
    `unread`: it has front matter that can't be read, so that nobody knows whom the page is for.
    """

    path: str
    kind: Kind | None
    title: str
    body: str = field(repr=False)
    line: int
    html: str = field(repr=False)
    headings: tuple[Heading, ...] = field(repr=False)
    links: tuple[Link, ...] = field(repr=False)
    anchors: frozenset[str] = field(repr=False)
    meta: Mapping[str, object] = field(repr=False)
    unread: bool = False
    language: str = "en"

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Record(Generic[F]):
    """A page whose front matter is that of a lesson, a community, a person or a partner. `lines`: field → line in the file."""

    kind: Kind
    page: Page
    fields: F
    lines: Mapping[str, int] = field(repr=False)

    @property
    def slug(self) -> str:
        return self.page.slug

    @property
    def path(self) -> str:
        return self.page.path

    @property
    def title(self) -> str:
        return str(getattr(self.fields, "title"))  # noqa: B009 (a field in three models, a property in the fourth)

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(getattr(self.fields, "aliases", ()))

    def line(self, name: str, *position: int | str) -> int:
        """The line of a field, or of the item at `position` in it; 1 where the front matter does not have it."""
        for length in range(len(position), -1, -1):
            key = ".".join([name, *map(str, position[:length])])
            if key in self.lines:
                return self.lines[key]
        return 1


@dataclass(frozen=True, slots=True)
class Garden:
    """Everything that was read. `content` is the content folder relative to the repository's top ("" at the top itself).

    `configuration`: the files that shaped it, from the repository's top → SHA-256 of their bytes. `declaration_lines`:
    dotted path of a value in credits.yml ("declared.0.person") → its line. `has_settings`: whether `settings` are those
    of garden.yml; they are defaults where it is missing or can't be read. `setting_lines`: dotted path of a value in
    garden.yml ("causes.haste") → its line. `outside`: links to other sites that did not work.
    """

    settings: Settings
    content: str
    today: datetime.date
    history: History = field(repr=False)
    declarations: Declarations = field(repr=False)
    configuration: Mapping[str, str] = field(repr=False)
    pages: Mapping[str, Page] = field(repr=False)
    files: frozenset[str] = field(repr=False)
    lessons: Mapping[str, Record[LessonFields]] = field(repr=False)
    communities: Mapping[str, Record[CommunityFields]] = field(repr=False)
    people: Mapping[str, Record[PersonFields]] = field(repr=False)
    partners: Mapping[str, Record[PartnerFields]] = field(repr=False)
    declaration_lines: Mapping[str, int] = field(default_factory=dict, repr=False)
    has_settings: bool = True
    setting_lines: Mapping[str, int] = field(default_factory=dict, repr=False)
    past_seats: Mapping[str, tuple[PastSeat, ...]] = field(default_factory=dict, repr=False)
    """Slug of a community → the seats that its charter has, or had, in the history."""
    outside: OutsideLinks = field(default_factory=OutsideLinks, repr=False)

    def is_future(self, when: When) -> bool:
        """Whether a date has not come yet, with a day of leeway: the garden's timezone may be behind the writer's."""
        return when.first > self.today + datetime.timedelta(days=1)

    def records(self) -> Iterator[Record[Fields]]:
        """Every record: communities, lessons, people, partners."""
        for kind in Kind:
            yield from self.of(kind).values()

    def of(self, kind: Kind) -> Mapping[str, Record[Fields]]:
        """The records of a kind by slug."""
        by_kind: dict[Kind, Mapping[str, Record[Fields]]] = {
            Kind.LESSON: self.lessons,
            Kind.COMMUNITY: self.communities,
            Kind.PERSON: self.people,
            Kind.PARTNER: self.partners,
        }
        return by_kind[kind]

    def file(self, path: str) -> str:
        """A content path as a path from the repository's top, as problems and the history name it."""
        return f"{self.content}/{path}" if self.content else path


def bare_garden(settings: Settings, history: History, today: datetime.date) -> Garden:
    """A garden without any page: what the ledger of any repository is made from."""
    return Garden(
        settings=settings,
        content="",
        today=today,
        history=history,
        declarations=Declarations(),
        configuration=history.configuration,
        pages={},
        files=frozenset(),
        lessons={},
        communities={},
        people={},
        partners={},
    )
