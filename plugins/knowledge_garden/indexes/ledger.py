"""The ledger: every contribution with its person, role, page, date, rule and evidence, and what was corrected or left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname

from knowledge_garden.indexes.corrections import Taken, correct
from knowledge_garden.indexes.declared import Written
from knowledge_garden.indexes.display import Contributor
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.indexes.names import unpublished_pages
from knowledge_garden.indexes.people import People, people_of
from knowledge_garden.model.addresses import PEOPLE
from knowledge_garden.model.contributions import CONFIRMED, History
from knowledge_garden.model.declarations import Correction, Declarations
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.names import without_addresses

DECLARED = "declared"
TOLD = "told_by"
NAME_NOTICES = ("name-with-several-addresses", "address-with-several-names")
"""Notices of the history whose places are people's full names."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines by date, then person, role and page; `corrected` holds the lines a correction took out or gave away.

    `deciders`: slug or name, as the corrections of those lines have it → who got the credit, or decided.
    `configuration`: each file that shaped it → SHA-256 of its bytes. `unpublished`: profiles, from the repository's top,
    whose very paths would tell who stands behind initials or a pseudonym. `called`: contributor's key → keys of the
    names the history has for them.
    """

    lines: tuple[LedgerLine, ...]
    corrected: tuple[Taken, ...]
    unused: tuple[Correction, ...]
    history: History = field(repr=False)
    configuration: Mapping[str, str] = field(default_factory=dict, repr=False)
    unpublished: frozenset[str] = field(default=frozenset(), repr=False)
    deciders: Mapping[str, Contributor] = field(default_factory=dict, repr=False)
    called: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)


def make_ledger(history: History, people: People) -> Ledger:
    """The ledger of a history alone. `garden_ledger` adds what a garden declares.

    While credit is withheld (a shallow clone) nothing is shown: half a record misleads.
    """
    lines = _from(history, people)
    return Ledger(_ordered(lines), (), (), history, history.configuration, called=people.called())


def garden_ledger(garden: Garden, identities: Mapping[str, str] | None = None) -> Ledger:
    """The ledger of a garden: what its history, credits.yml and its lessons say, joined.

    `identities`: a private list, address → name or slug (see `People`). Corrections change what the history says;
    declared and told lines are corrected where they are declared and told.
    """
    people = people_of(garden, identities)
    declarations = garden.declarations
    if garden.history.withheld:
        return Ledger((), (), (), garden.history, garden.configuration, _unpublished(garden))
    written = Written(garden)
    lines = _from(garden.history, people)
    kept, taken, unused = correct(lines, declarations.corrections, people, written.file)
    kept += [*_declared(declarations, people, written), *_told(garden, people)]
    return Ledger(
        lines=_ordered(kept),
        corrected=tuple(taken),
        unused=tuple(unused),
        history=garden.history,
        configuration=garden.configuration,
        unpublished=_unpublished(garden),
        deciders=_deciders(taken, people, garden.communities),
        called=people.called(),
    )


def _from(history: History, people: People) -> list[LedgerLine]:
    if history.withheld:
        return []
    return [
        LedgerLine(
            people.behind(each.person, tool=each.tool),
            each.role,
            each.page,
            each.date,
            each.rule,
            each.commit,
            flags=each.flags,
            related=each.related,
        )
        for each in history.contributions
    ]


def _ordered(lines: list[LedgerLine]) -> tuple[LedgerLine, ...]:
    ordered = sorted(lines, key=lambda each: (each.date, each.contributor.key, each.role, each.page, each.commit))
    return tuple(dict.fromkeys(ordered))


def _told(garden: Garden, people: People) -> Iterator[LedgerLine]:
    for lesson in garden.lessons.values():
        if lesson.fields.anonymous:
            continue
        file = garden.file(lesson.path)
        life = garden.history.pages.get(file)
        for slug in lesson.fields.told_by:
            if slug in garden.people and life is not None and life.created is not None:
                yield LedgerLine(people.named(slug), "told", file, life.created, TOLD)


def _declared(declarations: Declarations, people: People, written: Written) -> Iterator[LedgerLine]:
    for each in declarations.declared:
        flags = ("date-approximate",) if each.date.day is None else ()
        yield LedgerLine(
            people.named(each.person),
            without_addresses(each.role),
            written.file(each.page),
            each.date.first,
            DECLARED,
            link=each.evidence,
            what=without_addresses(each.what),
            community=written.community(each.community),
            flags=flags,
        )
    for read in declarations.reviewed:
        page = written.file(read.page)
        yield LedgerLine(people.named(read.person), "maintained", page, read.date.first, CONFIRMED, link=read.evidence)


def _deciders(taken: list[Taken], people: People, groups: Collection[str]) -> dict[str, Contributor]:
    """Whoever the corrections name; a community decides under its own name, which nobody chose to hide."""
    named = {who for _, each in taken for who in (each.give_to, each.decided_by) if who}
    return {
        who: Contributor(f"group:{who}", who, who) if who in groups and not people.claimants(who) else people.named(who)
        for who in sorted(named)
    }


def _unpublished(garden: Garden) -> frozenset[str]:
    """Files of profiles that are not shown: those of the garden, and those that only the history still names."""
    hidden = unpublished_pages(garden)
    shown = {garden.file(path) for path in garden.pages if path not in hidden}
    folder = f"{garden.file(dirname(PEOPLE))}/"
    history = garden.history
    named = {part for each in history.notices for place in each.places for part in place.split(" → ")}
    gone = {path for path in (*history.pages, *named) if path.startswith(folder)} - shown
    return frozenset({garden.file(path) for path in hidden} | gone)
