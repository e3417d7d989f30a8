"""What a lead and a person talk over: a period of one person's work, month by month, with evidence for every line."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from knowledge_garden.indexes.communities import HeldSeat
from knowledge_garden.indexes.corrections import Taken
from knowledge_garden.indexes.display import Contributor, name_key
from knowledge_garden.indexes.ledger import DECLARED, NAME_NOTICES, Ledger
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.model.contributions import Notice
from knowledge_garden.model.records import Application

AUTHORSHIP = ("wrote", "co-wrote", "told")
_DATE_FLAGS = ("date-after-commit", "future", "date-before-git", "date-unreadable")
_RENAME_NOTICES = ("possible-rename", "rename-limit", "page-readded", "made-in-merge", "partial-clone")


@dataclass(frozen=True, slots=True)
class Month:
    """The lines of a month, by role; `first` is the month's first day."""

    first: datetime.date
    roles: tuple[tuple[str, tuple[LedgerLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A use that others made of a lesson the person wrote or told: declared in the lesson, or in somebody's profile."""

    lesson: Lesson
    application: Application | None
    user: Contributor | None


@dataclass(frozen=True, slots=True)
class Doubts:
    """What to bear in mind. `squashed` of `lines` rest on squashed commits; `dates` is the number of flagged dates."""

    lines: int
    squashed: int
    dates: int
    renames: tuple[Notice, ...]
    notices: tuple[Notice, ...]
    commits_without_page: int


@dataclass(frozen=True, slots=True)
class Review:
    """One person's period. `lines` are all of theirs, by month in `months` but for `declared`, work that leaves no commit.

    `corrected`: lines of theirs that a correction took out or gave away. `seats` are those held within the period.
    """

    contributor: Contributor
    lines: tuple[LedgerLine, ...]
    corrected: tuple[Taken, ...]
    months: tuple[Month, ...]
    declared: tuple[LedgerLine, ...]
    uses: tuple[Use, ...]
    seats: tuple[HeldSeat, ...]
    doubts: Doubts


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` to `until`, both days included."""

    since: datetime.date
    until: datetime.date

    def holds(self, day: datetime.date) -> bool:
        return self.since <= day <= self.until


def reviews(known: Indexes, ledger: Ledger, period: Period, *, community: str = "", person: str = "") -> list[Review]:
    """The reviews of everyone with something in the period, by name; of one community's pages, or of one person.

    `person` is a slug or a full name. Tools have none. A person with a seat and no contribution has a review too:
    leading leaves few commits.
    """
    of_community = _community_pages(known, community)
    lines: dict[str, list[LedgerLine]] = {}
    people: dict[str, Contributor] = {}

    def belongs(line: LedgerLine) -> bool:
        here = not community or line.community == community or line.page in of_community
        return here and period.holds(line.date) and not line.contributor.tool

    for line in filter(belongs, ledger.lines):
        lines.setdefault(line.contributor.key, []).append(line)
        people[line.contributor.key] = line.contributor
    seats = _seats(known, period, community)
    for slug in seats:
        shown = known.credits.shown(slug)
        if shown is not None:
            people.setdefault(shown.key, shown)
    wanted = person.casefold()
    chosen = [
        each
        for each in people.values()
        if not person or each.key == f"person:{person}" or each.full_name.casefold() == wanted
    ]
    authored = _authored(known, ledger)
    taken: dict[str, list[Taken]] = {}
    for line, correction in ledger.corrected:
        if belongs(line):
            taken.setdefault(line.contributor.key, []).append((line, correction))
    return [
        _review(
            known,
            each,
            lines.get(each.key, []),
            taken.get(each.key, []),
            period,
            seats,
            authored.get(each.key, []),
            ledger,
        )
        for each in sorted(chosen, key=lambda each: (each.full_name.casefold(), each.key))
    ]


def ledger_of(ledger: Ledger, found: list[Review]) -> Ledger:
    """The part of a ledger that these reviews rest on. It names others only as they chose to be shown."""
    people = [each.contributor for each in found]
    own = {line for each in found for line in each.lines}
    taken = {pair for each in found for pair in each.corrected}
    keys = {each.key for each in people}
    return replace(
        ledger,
        lines=tuple(line for line in ledger.lines if line in own),
        corrected=tuple(pair for pair in ledger.corrected if pair in taken),
        deciders={
            written: who if who.key in keys else replace(who, full_name=who.name)
            for written, who in ledger.deciders.items()
        },
        history=replace(ledger.history, notices=tuple(_notices(ledger, people))),
    )


def _notices(ledger: Ledger, people: Collection[Contributor]) -> Iterator[Notice]:
    """The history's notices, without the places that name others than these people."""
    names = {name_key(each.full_name) for each in people}.union(*(ledger.called.get(each.key, ()) for each in people))
    for each in ledger.history.notices:
        told = tuple(name for name in each.names if any(name_key(part) in names for part in (name, *name.split(" / "))))
        if each.code in NAME_NOTICES:
            # Its commits may be anybody's: what they have to do with these people, the names say.
            if told:
                yield replace(each, places=(), names=told)
            continue
        places = tuple(place for place in each.places if ledger.unpublished.isdisjoint(place.split(" → ")))
        yield replace(each, places=places)


def _review(
    known: Indexes,
    who: Contributor,
    lines: list[LedgerLine],
    taken: list[Taken],
    period: Period,
    seats: Mapping[str, tuple[HeldSeat, ...]],
    authored: list[Lesson],
    ledger: Ledger,
) -> Review:
    from_commits = [line for line in lines if line.rule != DECLARED]
    slug = who.key.removeprefix("person:") if who.key.startswith("person:") else ""
    return Review(
        contributor=who,
        lines=tuple(lines),
        corrected=tuple(taken),
        months=_months(from_commits),
        declared=tuple(line for line in lines if line.rule == DECLARED),
        uses=tuple(_uses(known, authored, period, slug)),
        seats=seats.get(slug, ()),
        doubts=_doubts(from_commits, ledger, who),
    )


def _months(lines: Iterable[LedgerLine]) -> tuple[Month, ...]:
    months: dict[datetime.date, dict[str, list[LedgerLine]]] = {}
    for line in lines:
        months.setdefault(line.date.replace(day=1), {}).setdefault(line.role, []).append(line)
    return tuple(
        Month(first, tuple((role, tuple(found)) for role, found in sorted(roles.items())))
        for first, roles in sorted(months.items())
    )


def _doubts(lines: list[LedgerLine], ledger: Ledger, who: Contributor) -> Doubts:
    notices = list(_notices(ledger, [who]))
    return Doubts(
        lines=len(lines),
        squashed=sum("squashed" in line.flags for line in lines),
        dates=sum(any(flag in line.flags for flag in _DATE_FLAGS) for line in lines),
        renames=tuple(each for each in notices if each.code in _RENAME_NOTICES),
        notices=tuple(each for each in notices if each.code not in _RENAME_NOTICES),
        commits_without_page=ledger.history.excluded.counts.get("outside", 0),
    )


def _community_pages(known: Indexes, community: str) -> set[str]:
    garden = known.garden
    if community not in garden.communities:
        return set()
    lessons = known.communities.lessons[community]
    return {garden.file(each.path) for each in (*lessons, garden.communities[community])}


def _seats(known: Indexes, period: Period, community: str) -> dict[str, tuple[HeldSeat, ...]]:
    """Person → seats held within the period, of one community or of all."""
    found = {}
    for slug, seats in known.communities.seats.items():
        held = tuple(
            each
            for each in seats
            if (not community or each.community.slug == community)
            and (each.seat.since is None or each.seat.since.first <= period.until)
            and (each.seat.until is None or each.seat.until.last >= period.since)
            and not (each.role == "alumni" and each.seat.until is None)
        )
        if held:
            found[slug] = held
    return found


def _authored(known: Indexes, ledger: Ledger) -> dict[str, list[Lesson]]:
    """Contributor → lessons they wrote or told at any time."""
    by_file = {known.garden.file(lesson.path): lesson for lesson in known.garden.lessons.values()}
    found: dict[str, dict[str, Lesson]] = {}
    for line in ledger.lines:
        lesson = by_file.get(line.page)
        if lesson and line.role in AUTHORSHIP:
            found.setdefault(line.contributor.key, {})[lesson.slug] = lesson
    return {key: list(lessons.values()) for key, lessons in found.items()}


def _uses(known: Indexes, authored: list[Lesson], period: Period, slug: str) -> Iterable[Use]:
    for lesson in authored:
        for use in lesson.fields.applied:
            # A use without a date may belong to any period: better shown than lost.
            if use.by != slug and (
                use.date is None or (use.date.first <= period.until and use.date.last >= period.since)
            ):
                yield Use(lesson, use, known.credits.shown(use.by))
        for other, used in known.communities.used.items():
            if other != slug and any(each.slug == lesson.slug for each in used):
                yield Use(lesson, None, known.credits.shown(other))
