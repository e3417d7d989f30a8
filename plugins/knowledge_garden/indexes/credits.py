"""What readers see of the ledger: who wrote, maintained, reviewed and told each page, and what each person helped with."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markdown.extensions.toc import slugify_unicode

from knowledge_garden.indexes.ledger import Ledger, readers_ledger
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.model.contributions import FORMATTED_ROLE
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.people import Contributor
from knowledge_garden.model.publication import Publication
from knowledge_garden.model.roles import role_label

ROLE_ORDER = (
    "wrote",
    "co-wrote",
    "told",
    "translated",
    "maintained",
    "reviewed",
    "tested",
    "suggested",
    "helped",
    "reported",
)
_NEW = datetime.timedelta(days=90)
_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in a page in one role: first and last day, and the latest evidence."""

    contributor: Contributor
    first: datetime.date
    last: datetime.date
    evidence_commit: str
    evidence_url: str


@dataclass(frozen=True, slots=True)
class RoleLine:
    """Everyone in one role on a page, by the day they began."""

    label: str
    people: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PageCredit:
    """The credit of a page; no lines for a page that is not in the history."""

    lines: tuple[RoleLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Helped:
    """One person's part in one page; `path` is relative to the content folder."""

    label: str
    path: str
    title: str
    last: datetime.date


@dataclass(frozen=True, slots=True)
class ContributorEntry:
    """What one person helped with. `roles`: label → pages, by title."""

    contributor: Contributor
    anchor: str
    roles: tuple[tuple[str, tuple[Helped, ...]], ...]
    first: datetime.date

    @property
    def lines(self) -> tuple[Helped, ...]:
        return tuple(line for _, lines in self.roles for line in lines)


@dataclass(frozen=True, slots=True)
class Credits:
    """The readers' view. `withheld` says why there is no credit, or is "". People are in alphabetical order."""

    withheld: str
    ledger: Ledger = field(repr=False)
    people: tuple[ContributorEntry, ...]
    newcomers: tuple[Contributor, ...]
    tools: tuple[Contributor, ...]
    latest: tuple[Lesson, ...]
    _pages: Mapping[str, PageCredit] = field(repr=False)
    _communities: Mapping[str, tuple[Contributor, ...]] = field(repr=False)
    _by_slug: Mapping[str, ContributorEntry] = field(repr=False)

    def page(self, file: str) -> PageCredit:
        """The credit of a file, by its path from the repository's top."""
        return self._pages.get(file, PageCredit())

    def person(self, slug: str) -> ContributorEntry | None:
        """What the person with this slug helped with."""
        return self._by_slug.get(slug)

    def community(self, slug: str) -> tuple[Contributor, ...]:
        """Who helped a community's pages in the last twelve months, in alphabetical order."""
        return self._communities.get(slug, ())


def index_credits(private: Ledger, publication: Publication) -> Credits:
    """Make the readers' view of a garden's private ledger."""
    garden = publication.garden
    ledger = readers_ledger(private)
    people_lines = [line for line in ledger.lines if not line.contributor.tool and line.role != FORMATTED_ROLE]
    people = _people(garden, people_lines)
    start = min((line.date for line in people_lines), default=garden.today)
    new = [entry for entry in people if entry.first > max(garden.today - _NEW, start + _NEW)]
    tools = {line.contributor for line in ledger.lines if line.contributor.tool}
    return Credits(
        withheld=_withheld(garden),
        ledger=ledger,
        people=tuple(people),
        newcomers=tuple(entry.contributor for entry in new),
        tools=tuple(sorted(tools, key=lambda tool: tool.name.casefold())),
        latest=_latest(garden),
        _pages=_pages(people_lines),
        _communities=_communities(garden, people_lines),
        _by_slug={entry.contributor.slug: entry for entry in people if entry.contributor.slug},
    )


def _withheld(garden: Garden) -> str:
    if garden.history.withheld:
        return message("Credit is withheld: this site was built from a copy that holds only a part of the history.")
    if garden.history.state in ("none", "empty"):
        return message("This site was built without a Git history, so nobody can be credited.")
    return ""


def _role_key(role: str) -> tuple[int, str]:
    return (ROLE_ORDER.index(role) if role in ROLE_ORDER else len(ROLE_ORDER), role)


def _pages(lines: Iterable[LedgerLine]) -> dict[str, PageCredit]:
    by_page: dict[str, dict[str, dict[Contributor, list[LedgerLine]]]] = {}
    for line in lines:
        if line.page:
            roles = by_page.setdefault(line.page, {})
            roles.setdefault(line.role, {}).setdefault(line.contributor, []).append(line)
    return {
        page: PageCredit(
            tuple(
                RoleLine(
                    role_label(role),
                    tuple(_part(who, of_one) for who, of_one in sorted(parts.items(), key=_began)),
                )
                for role, parts in sorted(roles.items(), key=lambda role: _role_key(role[0]))
            )
        )
        for page, roles in by_page.items()
    }


def _began(item: tuple[Contributor, list[LedgerLine]]) -> tuple[datetime.date, str]:
    return item[1][0].date, item[0].name.casefold()


def _part(who: Contributor, lines: list[LedgerLine]) -> Part:
    latest = lines[-1]
    return Part(who, lines[0].date, latest.date, latest.commit, latest.link)


def _people(garden: Garden, lines: Iterable[LedgerLine]) -> list[ContributorEntry]:
    parts: dict[Contributor, dict[str, dict[str, LedgerLine]]] = defaultdict(lambda: defaultdict(dict))
    first: dict[Contributor, datetime.date] = {}
    for line in lines:
        if not line.contributor.hidden:
            parts[line.contributor][line.role][line.page or line.what] = line
            first.setdefault(line.contributor, line.date)
    anchors: set[str] = set()
    people = []
    for who, roles in sorted(parts.items(), key=lambda part: (part[0].name.casefold(), first[part[0]])):
        anchor = stem = slugify_unicode(who.name, "-") or "somebody"
        number = 1
        while anchor in anchors:
            number += 1
            anchor = f"{stem}-{number}"
        anchors.add(anchor)
        by_role = []
        for role, pages in sorted(roles.items(), key=lambda role: _role_key(role[0])):
            helped = [_helped(garden, role, page, line) for page, line in pages.items()]
            by_role.append(
                (role_label(role), tuple(sorted(helped, key=lambda page: (page.title.casefold(), page.path))))
            )
        people.append(ContributorEntry(who, anchor, tuple(by_role), first[who]))
    return people


def _helped(garden: Garden, role: str, page: str, line: LedgerLine) -> Helped:
    path = page.removeprefix(f"{garden.content}/") if garden.content else page
    shown = garden.pages.get(path)
    title = shown.title if shown else line.what or path
    return Helped(role_label(role), path if shown else "", title, line.date)


def _communities(garden: Garden, lines: Iterable[LedgerLine]) -> dict[str, tuple[Contributor, ...]]:
    belongs: dict[str, tuple[str, ...]] = {
        garden.file(lesson.path): lesson.fields.communities for lesson in garden.lessons.values()
    }
    belongs |= {garden.file(charter.path): (slug,) for slug, charter in garden.communities.items()}
    helpers: dict[str, set[Contributor]] = {}
    for line in lines:
        if line.contributor.hidden or not garden.today - _YEAR < line.date <= garden.today:
            continue
        for slug in (*belongs.get(line.page, ()), *([line.community] if line.community else [])):
            helpers.setdefault(slug, set()).add(line.contributor)
    return {slug: tuple(sorted(people, key=_by_name)) for slug, people in helpers.items()}


def _by_name(who: Contributor) -> tuple[str, str]:
    return who.name.casefold(), who.key


def _latest(garden: Garden) -> tuple[Lesson, ...]:
    """Lessons by the day they came into the garden, newest first; those of one day by when they happened."""

    def key(lesson: Lesson) -> tuple[int, int, str]:
        page_history = garden.history.pages.get(garden.file(lesson.path))
        created = page_history.created.toordinal() if page_history and page_history.created else 0
        happened = lesson.fields.date.first.toordinal() if lesson.fields.date else 0
        return -created, -happened, lesson.slug

    return tuple(sorted(garden.lessons.values(), key=key))
