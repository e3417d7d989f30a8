"""Who a name in the history is: raw identities through the committed `.mailmap`, one person per address, tools apart.

Git itself maps the identities, those of trailers too, in one process. What Git leaves apart is joined for one reason
only, an equal address; identities with the same name stay apart here: the ledger joins them, which knows
people's records.

The name shown for an address is the one that `.mailmap` gives it. Without one it is the name that most of its commits
carry (among equals, the first), so that one new commit renames nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.errors import HistoryError
from knowledge_garden.history.facts import Contacts, Fact
from knowledge_garden.history.globs import IdentityGlobs
from knowledge_garden.model import names as model_names
from knowledge_garden.model.contributions import Identity

_SHARED: Final = re.compile(
    r"|(.*@)?(localhost|\(none\)|example\.(com|org))|(.*@)?[^@]*\.localdomain|no-?reply@.*|unknown|none", re.I
)
"""Addresses that say nothing of who wrote: machines' defaults and placeholders."""
_MAPPED: Final = re.compile(rb"(?:(.*?) )?<([^<>]*)>", re.DOTALL)
_NOBODY: Final = b"\x01"
"""A name nobody has: whatever name `.mailmap` gives it with an address, it gives to the address."""

Contact = tuple[bytes, bytes]
"""(name, address), as written in a commit."""
Ages = Callable[[Collection[str]], Mapping[str, int]]
"""Commits → how long ago each came to the main line; the larger, the earlier."""


class AmbiguousNames(NamedTuple):
    """Names that do not say which person is meant. `names` are private; `commits` are examples, one for each name and address."""

    names: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityMap:
    """Raw identities resolved."""

    identities: tuple[Identity, ...]
    """By number in `Contacts`."""
    tools: tuple[bool, ...]
    """By number: whether it is a bot or an AI."""
    several_addresses: AmbiguousNames
    """Names that stand for several addresses."""
    several_names: AmbiguousNames
    """Addresses' names, "A / B", where an address has several and `.mailmap` names none; the addresses are left out."""


class Mailmap:
    """The `.mailmap` of a revision, as Git applies it."""

    def __init__(self, git: GitEnvironment, revision: str) -> None:
        self._git = git
        self._command = "-c", "mailmap.file=", "-c", f"mailmap.blob={revision}:.mailmap", "check-mailmap", "--stdin"

    def start(self) -> None:
        """Lets Git read the file while other work goes on."""
        self._git.start(*self._command)

    def mapped(self, contacts: Iterable[Contact]) -> list[Contact]:
        """Each contact as the mailmap maps it."""
        pairs = list(contacts)
        # One contact Git can't parse would end the whole batch: those stay as they are.
        sound = [n for n, pair in enumerate(pairs) if not any(c in b"<>\n\r\0" for c in b"".join(pair))]
        if not sound:
            return pairs
        lines = b"".join(b"%s <%s>\n" % pairs[n] for n in sound)
        answer = self._git.run(*self._command, stdin=lines).split(b"\n")[:-1]
        if len(answer) != len(sound):
            raise HistoryError(f"git check-mailmap answered {len(answer)} identities of {len(sound)}")
        for number, line in zip(sound, answer, strict=True):
            match = _MAPPED.fullmatch(line)
            if match is None:
                raise HistoryError("git check-mailmap gave an answer that is not an identity")
            pairs[number] = (match[1] or b"", match[2])
        return pairs

    def naming(self, addresses: Collection[bytes]) -> set[bytes]:
        """Those of the addresses to which the mailmap gives a name, whatever name a commit has beside it."""
        asked = sorted(addresses)
        answers = self.mapped((_NOBODY, address) for address in asked)
        return {address for address, (name, _) in zip(asked, answers, strict=True) if name != _NOBODY}


@dataclass(slots=True)
class _Usage:
    """Where one name of an address occurs."""

    authored: list[Fact] = field(default_factory=list)
    helped: list[Fact] = field(default_factory=list)
    """Commits that name it in a trailer."""

    @property
    def rank(self) -> tuple[int, int]:
        """Names of higher rank are shown rather than others: authors decide, trailers where no author does."""
        return len(self.authored), len(self.helped)

    @property
    def commits(self) -> list[Fact]:
        """The commits that decide: those of authors, if any."""
        return self.authored or self.helped


def readable(raw: bytes) -> str:
    """A name as text: UTF-8, or else Latin-1, in which every byte is a letter; an address in it is cut before its @."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return model_names.readable(text) or "(no name)"


def resolve(
    contacts: Contacts, mailmap: Mailmap, facts: Sequence[Fact], bots: IdentityGlobs, ages: Ages
) -> IdentityMap:
    """The people and tools behind the raw identities of these commits."""
    return _Resolver(list(contacts), mailmap, facts).resolved(bots, ages)


class _Resolver:
    """Joins the identities of each address and chooses the name it is shown by."""

    def __init__(self, raw: list[Contact], mailmap: Mailmap, facts: Sequence[Fact]) -> None:
        self._raw = raw
        self._mailmap = mailmap
        self._pairs = mailmap.mapped(raw)
        self._names = [readable(name) for name, _ in self._pairs]
        self._usage = [_Usage() for _ in raw]
        for fact in facts:
            self._usage[fact.author].authored.append(fact)
            for number in {number for _, number, _ in fact.helpers}:
                self._usage[number].helped.append(fact)
        self._groups: dict[tuple[str, str], list[int]] = {}
        for number, (_, email) in enumerate(self._pairs):
            address = _address(email)
            shared = _SHARED.fullmatch(address) is not None
            key = address, self._names[number].casefold() if shared else ""
            self._groups.setdefault(key, []).append(number)

    def resolved(self, bots: IdentityGlobs, ages: Ages) -> IdentityMap:
        """The result."""
        names = self._chosen(ages)
        identities: list[Identity] = [Identity("")] * len(self._raw)
        tools = [False] * len(self._raw)
        addresses: dict[str, list[tuple[str, str]]] = {}
        variants: dict[str, list[int]] = {}
        for key, members in self._groups.items():
            address, name = key[0], names[key]
            person = self._person(name, address, members)
            written = next(self._pairs[n][0] for n in members if self._names[n] == name)
            tool = bots.match(written.decode("utf-8", "replace"), name, address)
            for number in members:
                identities[number], tools[number] = person, tool
            if not tool:
                addresses.setdefault(name.casefold(), []).append(key)
                held = {self._names[n] for n in members}
                if len(held) > 1:
                    variants[" / ".join(sorted(held))] = members
        several = [keys for keys in addresses.values() if len({address for address, _ in keys}) > 1]
        return IdentityMap(
            tuple(identities),
            tuple(tools),
            AmbiguousNames(
                tuple(sorted({names[key] for keys in several for key in keys})),
                self._examples([self._groups[key] for keys in several for key in keys]),
            ),
            AmbiguousNames(
                tuple(sorted(variants)),
                self._examples([[n] for members in variants.values() for n in members]),
            ),
        )

    def _person(self, name: str, address: str, members: list[int]) -> Identity:
        names = {self._names[n] for n in members} | {readable(self._raw[n][0]) for n in members}
        addresses = {address} | {_address(self._raw[n][1]) for n in members}
        return Identity(name, address, tuple(sorted(names)), tuple(sorted(addresses)))

    def _chosen(self, ages: Ages) -> dict[tuple[str, str], str]:
        """The name shown for each group."""
        several = {key: members for key, members in self._groups.items() if len({self._names[n] for n in members}) > 1}
        named = self._mailmap.naming({self._raw[n][1] for members in several.values() for n in members})
        chosen = {key: self._names[members[0]] for key, members in self._groups.items()}
        equal: dict[tuple[str, str], dict[str, _Usage]] = {}
        for key, members in several.items():
            given = [n for n in members if self._raw[n][0] != self._pairs[n][0] or self._raw[n][1] in named]
            usage: dict[str, _Usage] = {}
            for number in given or members:
                held = usage.setdefault(self._names[number], _Usage())
                held.authored += self._usage[number].authored
                held.helped += self._usage[number].helped
            most = max(held.rank for held in usage.values())
            equal[key] = {name: held for name, held in usage.items() if held.rank == most}
            chosen[key] = min(equal[key])
        ties = {key: usage for key, usage in equal.items() if len(usage) > 1}
        if ties:
            commits = {fact.commit for usage in ties.values() for held in usage.values() for fact in held.commits}
            age = ages(commits)
            for key, usage in ties.items():
                _, chosen[key] = min((_first(held.commits, age), name) for name, held in usage.items())
        return chosen

    def _examples(self, members: Iterable[Sequence[int]]) -> tuple[str, ...]:
        """One commit for each group of identities, sorted."""
        firsts = set()
        for numbers in members:
            facts = [fact for n in numbers for fact in self._usage[n].commits]
            if facts:
                firsts.add(min(facts, key=lambda fact: (fact.when or 0, fact.commit)).commit)
        return tuple(sorted(firsts))


def _first(facts: Sequence[Fact], ages: Mapping[str, int]) -> tuple[int, int, str]:
    """What sorts a name by its first commit: when it came to the main line, which no forged date can change, first."""
    return min(((-ages[fact.commit], fact.committed or 0, fact.commit) for fact in facts), default=(0, 0, ""))


def _address(email: bytes) -> str:
    return email.decode("utf-8", "surrogateescape").casefold()
