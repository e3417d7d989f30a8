"""Makes contributions of the pages and commits of a walk: who, in which role, for which page, by which rule."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from knowledge_garden.history.days import Calendar
from knowledge_garden.history.duplicates import in_force
from knowledge_garden.history.facts import Fact
from knowledge_garden.history.identities import IdentityMap
from knowledge_garden.history.paths import TrackedPage
from knowledge_garden.history.result import WalkResult
from knowledge_garden.model.contributions import (
    CONFIRMED,
    FORMATTED_ROLE,
    Contribution,
    CreditRules,
    Identity,
    PageHistory,
)

_OWN = frozenset({"co-wrote", "maintained", FORMATTED_ROLE, "reviewed", "suggested", "helped"})
"""Roles that say nothing when the author gives them to themselves."""


_FEWEST_BULK = 20
"""A commit that edits no more pages than this is not bulk, however small the garden."""
_Role = tuple[Identity, str, str, bool]
"""(person, role, rule, whether it is a tool)."""


class Evidence(NamedTuple):
    """What all contributions of one commit share."""

    fact: Fact
    day: date
    flags: tuple[str, ...]
    related: tuple[tuple[str, str], ...]
    roles: tuple[_Role, ...]
    """Who did what for a page it changed but did not make."""


class CreditBuilder:
    """Gives credit for the pages at the revision."""

    def __init__(
        self, result: WalkResult, identities: IdentityMap, repeated: Mapping[str, str], rules: CreditRules
    ) -> None:
        self._result = result
        self._identities = identities
        self._repeated = repeated
        self._rules = rules
        self._calendar = Calendar(ZoneInfo(rules.timezone))
        self._evidence: dict[str, Evidence] = {}
        self._related: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._count = 0
        self._reverted: frozenset[str] = frozenset()
        self.unknown_confirmations: set[str] = set()
        """Commits that confirm a page that does not exist."""

    def pages(self, live: Mapping[bytes, TrackedPage | None]) -> dict[str, PageHistory]:
        """The history of each page at the revision, by path. `live`: path → page, None for one without history."""
        self._link()
        self._count = len(live)
        confirmations = self._confirmations(live)
        histories = {}
        day = self._calendar.day
        for path in sorted(live):
            name, page = os.fsdecode(path), live[path]
            root = page.root if page else None
            given = self._given(name, root) if root else []
            if path in confirmations:
                given += self._confirmed(name, confirmations[path], given)
                given.sort(key=_order)
            former = sorted({os.fsdecode(past) for past in root.paths if past != path}) if root else ()
            born, touched = [
                None if when is None else day(when) for when in ((root.born, root.touched) if root else (None, None))
            ]
            histories[name] = PageHistory(name, tuple(former), born, touched, tuple(given))
        return histories

    def _link(self) -> None:
        for commit, target in self._result.reverts.items():
            self._related[commit].add(("reverts", target))
            self._related[target].add(("reverted-by", commit))
        for commit, first in self._repeated.items():
            self._related[first].add(("picked-as", commit))
            self._related[commit].add(("picked-from", first))
        for commit, source in self._result.picks.items():
            self._related[commit].add(("picked-from", source))
        self._reverted = frozenset(in_force(self._result.reverts))

    def _shared(self, fact: Fact) -> Evidence:
        evidence = self._evidence.get(fact.commit)
        if evidence is not None:
            return evidence
        flags = list(fact.flags)
        day = self._calendar.day(fact.when)
        if self._is_bulk(fact):
            flags.append("bulk")
        if fact.commit in self._result.reverts:
            flags.append("revert")
        if fact.commit in self._reverted:
            flags.append("reverted")
        if fact.commit in self._result.picks or fact.commit in self._repeated:
            flags.append("cherry-pick")
        related = tuple(sorted(self._related[fact.commit])) if fact.commit in self._related else ()
        roles = self._roles(fact, "maintained", "maintained")
        shown = tuple(sorted(flags)) if flags else ()
        evidence = self._evidence[fact.commit] = Evidence(fact, day, shown, related, roles)
        return evidence

    def _is_bulk(self, fact: Fact) -> bool:
        """Whether a commit changes so many pages that it may be mechanical: very many, or most of a small garden's."""
        if not self._rules.bulk:
            return False
        return fact.pages > self._rules.bulk or fact.edits > max(_FEWEST_BULK, self._count // 2)

    def _roles(self, fact: Fact, first: str, with_others: str) -> tuple[_Role, ...]:
        identities, tools = self._identities.identities, self._identities.tools
        author = identities[fact.author]
        roles: list[_Role] = [(author, first, "author", tools[fact.author])]
        if not fact.helpers:
            return tuple(roles)
        seen = set()
        for helped, number, rule in fact.helpers:
            role = with_others if helped == "co-wrote" else helped
            person = identities[number]
            if (person, role) in seen or (person is author and role in _OWN):
                continue
            seen.add((person, role))
            roles.append((person, role, rule, tools[number]))
        return tuple(sorted(roles, key=lambda given: (given[1], given[0].name, given[0].email)))

    def _given(self, name: str, page: TrackedPage) -> list[Contribution]:
        """The contributions to one page, in order."""
        entries = []
        for fact, kind in _facts(page):
            evidence = self._shared(fact)
            entries.append((evidence.day, fact.commit, kind, evidence))
        entries.sort()
        given: list[Contribution] = []
        repeats = []
        held: dict[str, list[Identity]] = {}
        for entry in entries:
            day, commit, kind, evidence = entry
            if self._repeated and commit in self._repeated:
                repeats.append(entry)
                continue
            flags, roles = evidence.flags, evidence.roles
            if kind != "edited":
                flags, roles = self._special(page, commit, kind, evidence)
            for person, role, rule, tool in roles:
                given.append(Contribution(person, role, name, day, commit, rule, flags, tool, evidence.related))
            if self._repeated:
                held[commit] = [person for person, *_ in roles]
        # The same person is counted once for one change, where the change that counts is on this page too.
        for day, commit, kind, evidence in repeats:
            flags, roles = self._special(page, commit, kind, evidence)
            counted = held.setdefault(self._repeated[commit], [])
            for person, role, rule, tool in roles:
                if person not in counted:
                    given.append(Contribution(person, role, name, day, commit, rule, flags, tool, evidence.related))
            counted += [person for person, *_ in roles]
        if repeats:
            given.sort(key=_order)
        return given

    def _special(
        self, page: TrackedPage, commit: str, kind: str, evidence: Evidence
    ) -> tuple[tuple[str, ...], tuple[_Role, ...]]:
        """(flags, roles) of a commit on a page."""
        if kind == "restored":
            return tuple(sorted({*evidence.flags, "restored"})), evidence.roles
        if kind == "edited":
            return evidence.flags, evidence.roles
        if kind == "formatted":
            return evidence.flags, self._roles(evidence.fact, FORMATTED_ROLE, FORMATTED_ROLE)
        made = self._roles(evidence.fact, "wrote", "co-wrote")
        if not self._result.suspects.get(commit, {}).keys().isdisjoint(page.paths):
            return tuple(sorted({*evidence.flags, "possible-rename"})), made
        return evidence.flags, made

    def _confirmations(self, live: Mapping[bytes, TrackedPage | None]) -> dict[bytes, list[Fact]]:
        """Path → commits that confirm the page: named by a path or slug that it has or had, when that is one page."""
        if not self._result.confirmed:
            return {}
        names: dict[bytes, set[bytes]] = defaultdict(set)
        for path, page in live.items():
            for past in {path, *(page.root.paths if page else ())}:
                names[past].add(path)
                names[_slug(past)].add(path)
        for alias, meant in self._rules.aliases.items():
            names[os.fsencode(alias)].add(os.fsencode(meant))
        confirmations: dict[bytes, list[Fact]] = defaultdict(list)
        for fact, value in self._result.confirmed:
            name = value.removeprefix(b"/")
            every = names.get(name, set())
            current = {path for path in every if _slug(path) == name}
            paths = {name} if name in live else current or every
            if len(paths) == 1:
                confirmations[next(iter(paths))].append(fact)
            else:
                self.unknown_confirmations.add(fact.commit)
        return confirmations

    def _confirmed(self, name: str, facts: Iterable[Fact], given: Sequence[Contribution]) -> list[Contribution]:
        credited = {(c.commit, c.person) for c in given}
        fresh: list[Contribution] = []
        for fact in facts:
            evidence = self._shared(fact)
            numbers = [fact.author, *(number for role, number, _ in fact.helpers if role == "co-wrote")]
            for number in numbers:
                person = self._identities.identities[number]
                if (fact.commit, person) in credited:
                    continue
                credited.add((fact.commit, person))
                tool = self._identities.tools[number]
                flags = evidence.flags
                fresh.append(
                    Contribution(
                        person, "maintained", name, evidence.day, fact.commit, CONFIRMED, flags, tool, evidence.related
                    )
                )
        return fresh


def _slug(path: bytes) -> bytes:
    return os.fsencode(PurePosixPath(os.fsdecode(path)).stem)


def _order(given: Contribution) -> tuple[date, str, str, str, str]:
    return given.date, given.commit, given.role, given.person.name, given.person.email


def _facts(page: TrackedPage) -> Iterable[tuple[Fact, str]]:
    """Each commit of a page once, with what it did."""
    if not page.restored and not page.formatted and len(page.made) == 1:
        made = page.made[0]
        return [(made, "made"), *((fact, "edited") for fact in page.edited if fact is not made)]
    kinds = (("formatted", page.formatted), ("edited", page.edited), ("restored", page.restored), ("made", page.made))
    return {id(fact): (fact, kind) for kind, facts in kinds for fact in facts}.values()
