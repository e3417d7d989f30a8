"""What a lead and a person talk over: a period of one person's work, month by month, with evidence for every line."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from knowledge_garden.indexes.communities import HeldSeat
from knowledge_garden.indexes.corrections import Taken
from knowledge_garden.indexes.ledger import DECLARED, Ledger, without_other_paths
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.model.contributions import Notice
from knowledge_garden.model.names import name_key
from knowledge_garden.model.people import Contributor
from knowledge_garden.model.publication import NAME_NOTICES, Actor, Publication
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
    user: Actor


AuthoredLesson = tuple[Lesson, Collection[str]]  # a lesson, and the slugs of the people who name it as used


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


def reviews(indexes: Indexes, ledger: Ledger, period: Period, *, community: str = "", person: str = "") -> list[Review]:
    """The reviews of everyone with something in the period, by name; of one community's pages, or of one person.

    `person` is a slug or a full name. Tools have none. A person with a seat and no contribution has a review too:
    leading leaves few commits.
    """
    of_community = _community_pages(indexes, community)
    lines: dict[str, list[LedgerLine]] = {}
    people: dict[str, Contributor] = {}

    publication = ledger.publication

    def belongs(line: LedgerLine) -> bool:
        if line.page in publication.nameless:
            return False  # a lead must not learn from a review who told it
        if line.page and not publication.may_tell(line.page) and not publication.is_own(line.page, line.contributor):
            return False  # the path of another's profile is a name
        here = not community or line.community == community or line.page in of_community
        return here and period.holds(line.date) and not line.contributor.tool

    for line in filter(belongs, ledger.lines):
        lines.setdefault(line.contributor.key, []).append(_without_others(line, publication))
        people[line.contributor.key] = line.contributor
    seats = _seats(indexes, period, community)
    for slug in seats:
        person_with_seat = ledger.publication.person(slug)
        if person_with_seat is not None:
            people.setdefault(person_with_seat.key, person_with_seat)
    wanted = person.casefold()
    chosen = [
        who
        for who in people.values()
        if not person or who.key == f"person:{person}" or who.full_name.casefold() == wanted
    ]
    authored = _authored(indexes, ledger)
    used_by = _used_by(indexes)
    names = names_of(ledger)
    taken: dict[str, list[Taken]] = {}
    for line, correction in ledger.corrected:
        if belongs(line):
            reason = publication.mentions.replaced(correction.reason)
            pair = (_without_others(line, publication), correction.model_copy(update={"reason": reason}))
            taken.setdefault(line.contributor.key, []).append(pair)
    return [
        _review(
            indexes,
            who,
            lines.get(who.key, []),
            taken.get(who.key, []),
            period,
            seats,
            [(lesson, used_by.get(lesson.slug, ())) for lesson in authored.get(who.key, [])],
            ledger,
            names.get(who.key, ()),
        )
        for who in sorted(chosen, key=lambda who: (who.full_name.casefold(), who.key))
    ]


def ledger_of(ledger: Ledger, shown: list[Review]) -> Ledger:
    """The part of a ledger that these reviews rest on. It names others only as they chose to be shown."""
    people = {review.contributor.key for review in shown}
    names = names_of(ledger)
    own_names = {name for key in people for name in names.get(key, ())}
    own = {line: None for review in shown for line in review.lines}
    return replace(
        ledger,
        lines=tuple(sorted(own, key=lambda line: (line.date, line.contributor.full_name, line.role, line.page))),
        corrected=tuple(pair for review in shown for pair in review.corrected),
        deciders={
            written: who if who.key in people else replace(who, full_name=who.name)
            for written, who in ledger.deciders.items()
        },
        history=replace(
            ledger.history,
            contributions=(),
            pages=without_other_paths(ledger.history, ledger.publication),
            notices=tuple(_notices(ledger, own_names)),
        ),
    )


def _without_others(line: LedgerLine, publication: Publication) -> LedgerLine:
    """A line without the names of others who are not shown by theirs; one's own stay, in one's own review."""
    if not line.contributor.named:
        return line
    mentions = publication.mentions
    return replace(line, what=mentions.replaced(line.what), link=mentions.replaced(line.link))


def names_of(ledger: Ledger) -> dict[str, set[str]]:
    """Contributor's key → keys of the names that the history has for them."""
    directory = ledger.publication.directory
    names: dict[str, set[str]] = {}
    for contribution in ledger.history.contributions:
        identity = contribution.person
        who = directory.behind(identity, tool=contribution.tool)
        names.setdefault(who.key, set()).update(map(name_key, (identity.name, *identity.names)))
    return names


def _notices(ledger: Ledger, names: Collection[str]) -> Iterator[Notice]:
    """The history's notices; of those about names only what is about `names`, and without the paths that name others."""
    for notice in ledger.history.notices:
        if notice.code not in NAME_NOTICES:
            yield ledger.publication.notice(notice)
            continue
        own = tuple(
            name for name in notice.names if any(name_key(part) in names for part in (name, *name.split(" / ")))
        )
        if own:  # its commits may be anybody's
            yield replace(notice, places=(), names=own)


def _review(
    indexes: Indexes,
    who: Contributor,
    lines: list[LedgerLine],
    taken: list[Taken],
    period: Period,
    seats: Mapping[str, tuple[HeldSeat, ...]],
    authored: list[AuthoredLesson],
    ledger: Ledger,
    names: Collection[str],
) -> Review:
    from_commits = [line for line in lines if line.rule != DECLARED]
    slug = who.key.removeprefix("person:") if who.key.startswith("person:") else ""
    return Review(
        contributor=who,
        lines=tuple(lines),
        corrected=tuple(taken),
        months=_months(from_commits),
        declared=tuple(line for line in lines if line.rule == DECLARED),
        uses=tuple(_uses(ledger, authored, period, slug)),
        seats=seats.get(slug, ()),
        doubts=_doubts(from_commits, ledger, names),
    )


def _months(lines: Iterable[LedgerLine]) -> tuple[Month, ...]:
    months: dict[datetime.date, dict[str, list[LedgerLine]]] = {}
    for line in lines:
        months.setdefault(line.date.replace(day=1), {}).setdefault(line.role, []).append(line)
    return tuple(
        Month(first, tuple((role, tuple(own)) for role, own in sorted(roles.items())))
        for first, roles in sorted(months.items())
    )


def _doubts(lines: list[LedgerLine], ledger: Ledger, names: Collection[str]) -> Doubts:
    notices = list(_notices(ledger, names))
    return Doubts(
        lines=len(lines),
        squashed=sum("squashed" in line.flags for line in lines),
        dates=sum(any(flag in line.flags for flag in _DATE_FLAGS) for line in lines),
        renames=tuple(notice for notice in notices if notice.code in _RENAME_NOTICES),
        notices=tuple(notice for notice in notices if notice.code not in _RENAME_NOTICES),
        commits_without_page=ledger.history.excluded.counts.get("outside", 0),
    )


def _community_pages(indexes: Indexes, community: str) -> set[str]:
    garden = indexes.garden
    if community not in garden.communities:
        return set()
    lessons = indexes.communities.lessons[community]
    return {garden.file(record.path) for record in (*lessons, garden.communities[community])}


def _seats(indexes: Indexes, period: Period, community: str) -> dict[str, tuple[HeldSeat, ...]]:
    """Person → seats held within the period, of one community or of all."""
    by_person = {}
    for slug, seats in indexes.communities.seats.items():
        held = tuple(
            seat
            for seat in seats
            if (not community or seat.community.slug == community)
            and (seat.seat.since is None or seat.seat.since.first <= period.until)
            and (seat.seat.until is None or seat.seat.until.last >= period.since)
            and not (seat.role == "alumni" and seat.seat.until is None)
        )
        if held:
            by_person[slug] = held
    return by_person


def _authored(indexes: Indexes, ledger: Ledger) -> dict[str, list[Lesson]]:
    """Contributor → lessons they wrote or told at any time."""
    by_file = {indexes.garden.file(lesson.path): lesson for lesson in indexes.garden.lessons.values()}
    by_author: dict[str, dict[str, Lesson]] = {}
    for line in ledger.lines:
        lesson = by_file.get(line.page)
        if lesson and line.role in AUTHORSHIP:
            by_author.setdefault(line.contributor.key, {})[lesson.slug] = lesson
    return {key: list(lessons.values()) for key, lessons in by_author.items()}


def _used_by(indexes: Indexes) -> dict[str, list[str]]:
    """Lesson → the people who name it among the lessons they have used."""
    used_by: dict[str, list[str]] = {}
    for person, lessons in indexes.communities.used.items():
        for lesson in dict.fromkeys(lesson.slug for lesson in lessons):
            used_by.setdefault(lesson, []).append(person)
    return used_by


def _uses(ledger: Ledger, authored: list[AuthoredLesson], period: Period, slug: str) -> Iterable[Use]:
    publication = ledger.publication
    for lesson, users in authored:
        for use in lesson.fields.applied:
            # A use without a date may belong to any period: better shown than lost.
            within = use.date is None or (use.date.first <= period.until and use.date.last >= period.since)
            if within and (not slug or publication.directory.claimants(use.by) != (slug,)):
                yield Use(lesson, use, publication.actor(use.by))
        for user in users:
            if user != slug:
                yield Use(lesson, None, publication.actor(user))
