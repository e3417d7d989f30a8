"""What readers see of the ledger: who wrote, maintained, reviewed and told each page, and what each person helped with."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markdown.extensions.toc import slugify_unicode

from knowledge_garden.indexes.display import Contributor, contributor_unread, index_people, unread_profiles
from knowledge_garden.indexes.ledger import Ledger, garden_ledger
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.indexes.people import People, people_of
from knowledge_garden.model.garden import Garden

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
class Person:
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
    people: tuple[Person, ...]
    newcomers: tuple[Contributor, ...]
    tools: tuple[Contributor, ...]
    latest: tuple[Lesson, ...]
    _pages: Mapping[str, PageCredit] = field(repr=False)
    _communities: Mapping[str, tuple[Contributor, ...]] = field(repr=False)
    _shown: Mapping[str, Contributor] = field(repr=False)
    _known: People = field(repr=False)

    def page(self, file: str) -> PageCredit:
        """The credit of a file, by its path from the repository's top."""
        return self._pages.get(file, PageCredit())

    def shown(self, slug: str) -> Contributor | None:
        """How the person with this slug is shown, or None where there is none."""
        return self._shown.get(slug)

    def named(self, name: str) -> Contributor | None:
        """How the person whom a text calls by `name` is shown, or None where nobody of the garden has that name."""
        return self._known.named(name) if self._known.claimants(name) else None

    def person(self, slug: str) -> Person | None:
        """What the person with this slug helped with."""
        return next((each for each in self.people if each.contributor.slug == slug), None)

    def community(self, slug: str) -> tuple[Contributor, ...]:
        """Who helped a community's pages in the last twelve months, in alphabetical order."""
        return self._communities.get(slug, ())


def index_credits(garden: Garden) -> Credits:
    """Make the readers' view of a garden's ledger."""
    ledger = garden_ledger(garden)
    # The paths and titles of profiles that are not shown are names.
    people_lines = [line for line in ledger.lines if not line.contributor.tool and line.page not in ledger.unpublished]
    people = _people(garden, people_lines)
    start = min((line.date for line in people_lines), default=garden.today)
    new = [each for each in people if each.first > max(garden.today - _NEW, start + _NEW)]
    tools = {line.contributor for line in ledger.lines if line.contributor.tool}
    return Credits(
        withheld=_withheld(garden),
        ledger=ledger,
        people=tuple(people),
        newcomers=tuple(each.contributor for each in new),
        tools=tuple(sorted(tools, key=lambda each: each.name.casefold())),
        latest=_latest(garden),
        _pages=_pages(people_lines),
        _communities=_communities(garden, people_lines),
        _shown=_shown(garden),
        _known=people_of(garden),
    )


def _shown(garden: Garden) -> dict[str, Contributor]:
    unread = {slug: contributor_unread(page) for slug, page in unread_profiles(garden).items()}
    return {**unread, **index_people(garden.people, garden.settings.credit)}


def _withheld(garden: Garden) -> str:
    if garden.history.withheld:
        return "Credit is withheld: this site was built from a copy that holds only a part of the history."
    if garden.history.state in ("none", "empty"):
        return "This site was built without a Git history, so nobody can be credited."
    return ""


def _label(role: str) -> str:
    return role[:1].upper() + role[1:]


def _role_key(role: str) -> tuple[int, str]:
    return (ROLE_ORDER.index(role) if role in ROLE_ORDER else len(ROLE_ORDER), role)


def _pages(lines: Iterable[LedgerLine]) -> dict[str, PageCredit]:
    found: dict[str, dict[str, dict[Contributor, list[LedgerLine]]]] = {}
    for line in lines:
        if line.page:
            roles = found.setdefault(line.page, {})
            roles.setdefault(line.role, {}).setdefault(line.contributor, []).append(line)
    return {
        page: PageCredit(
            tuple(
                RoleLine(
                    _label(role),
                    tuple(_part(who, of_one) for who, of_one in sorted(parts.items(), key=_began)),
                )
                for role, parts in sorted(roles.items(), key=lambda each: _role_key(each[0]))
            )
        )
        for page, roles in found.items()
    }


def _began(item: tuple[Contributor, list[LedgerLine]]) -> tuple[datetime.date, str]:
    return item[1][0].date, item[0].name.casefold()


def _part(who: Contributor, lines: list[LedgerLine]) -> Part:
    latest = lines[-1]
    # A commit's page shows its author's name: no evidence is linked for those who chose another display.
    named = who.name == who.full_name
    commit, link = (latest.commit, latest.link) if named else ("", "")
    return Part(who, lines[0].date, latest.date, commit, link)


def _people(garden: Garden, lines: Iterable[LedgerLine]) -> list[Person]:
    found: dict[Contributor, dict[str, dict[str, LedgerLine]]] = defaultdict(lambda: defaultdict(dict))
    first: dict[Contributor, datetime.date] = {}
    for line in lines:
        if not line.contributor.hidden:
            found[line.contributor][line.role][line.page or line.what] = line
            first.setdefault(line.contributor, line.date)
    anchors: set[str] = set()
    people = []
    for who, roles in sorted(found.items(), key=lambda each: (each[0].name.casefold(), each[0].key)):
        anchor = stem = slugify_unicode(who.name, "-") or "somebody"
        number = 1
        while anchor in anchors:
            number += 1
            anchor = f"{stem}-{number}"
        anchors.add(anchor)
        by_role = []
        for role, pages in sorted(roles.items(), key=lambda each: _role_key(each[0])):
            helped = [_helped(garden, role, page, line) for page, line in pages.items()]
            by_role.append((_label(role), tuple(sorted(helped, key=lambda each: (each.title.casefold(), each.path)))))
        people.append(Person(who, anchor, tuple(by_role), first[who]))
    return people


def _helped(garden: Garden, role: str, page: str, line: LedgerLine) -> Helped:
    path = page.removeprefix(f"{garden.content}/") if garden.content else page
    known = garden.pages.get(path)
    title = known.title if known else line.what or path
    return Helped(_label(role), path if known else "", title, line.date)


def _communities(garden: Garden, lines: Iterable[LedgerLine]) -> dict[str, tuple[Contributor, ...]]:
    belongs: dict[str, tuple[str, ...]] = {
        garden.file(lesson.path): lesson.fields.communities for lesson in garden.lessons.values()
    }
    belongs |= {garden.file(charter.path): (slug,) for slug, charter in garden.communities.items()}
    found: dict[str, set[Contributor]] = {}
    for line in lines:
        if line.contributor.hidden or not garden.today - _YEAR < line.date <= garden.today:
            continue
        for slug in (*belongs.get(line.page, ()), *([line.community] if line.community else [])):
            found.setdefault(slug, set()).add(line.contributor)
    return {slug: tuple(sorted(who, key=lambda each: (each.name.casefold(), each.key))) for slug, who in found.items()}


def _latest(garden: Garden) -> tuple[Lesson, ...]:
    """Lessons by the day they came into the garden, newest first; those told on one day by when they happened."""

    def key(lesson: Lesson) -> tuple[int, int, str]:
        life = garden.history.pages.get(garden.file(lesson.path))
        told = life.created.toordinal() if life and life.created else 0
        happened = lesson.fields.date.first.toordinal() if lesson.fields.date else 0
        return -told, -happened, lesson.slug

    return tuple(sorted(garden.lessons.values(), key=key))
