"""What is kept of a commit that counts: read once from the log, shared by all the pages it touched."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from knowledge_garden.history.log import RawCommit
from knowledge_garden.model.contributions import REVIEWED_PAGE

_CONTACT: Final = re.compile(rb"(?P<name>[^<>\n]*?)[ \t]*<[ \t]*(?P<email>[^<>\s]+)[ \t]*>[ \t]*(?:[(#].*)?")
_BETWEEN: Final = re.compile(rb"(?<=>)[ \t]*[,;][ \t]*")
_CONFIRMS: Final = REVIEWED_PAGE.encode()
_EARLIEST: Final = 315_532_800
"""1 January 1980: imported histories go back so far; an earlier date is a clock that was never set."""
_LONGEST_CONTACT: Final = 500
"""Bytes of a name with its address; matching a longer one could take long."""
MOST_HELPERS: Final = 200
"""People whose help counts in one commit."""
MOST_HELP: Final = 500_000
"""Contributions by helpers (people named in trailers, for each page) in one history."""
_SQUASHED: Final = b"Squashed commit of the following:"
_PULL_REQUEST: Final = re.compile(rb"[^\n]*\(#\d+\)[ \t]*(?:\n|\Z)")
_SUBJECTS: Final = re.compile(rb"^\* \S", re.MULTILINE)
_REVERT: Final = re.compile(rb"^[ \t]*This reverts commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\b", re.MULTILINE)
_PICK: Final = re.compile(rb"^[ \t]*\(cherry picked from commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\)", re.MULTILINE)


Helper = tuple[str, int, str]
"""(role, number of the raw identity, rule)."""


@dataclass(slots=True, eq=False)
class Fact:
    """One commit that counts."""

    commit: str
    author: int
    """Number of the author's raw identity in `Contacts`."""
    when: int
    """Author date, in seconds since 1970, kept within `Bounds`."""
    committed: int | None
    helpers: tuple[Helper, ...]
    """In the message's order."""
    flags: tuple[str, ...]
    pages: int
    """Number of pages whose text it changed, those that it added included."""
    edits: int
    """Number of pages whose text it changed without adding them."""
    likeness: int
    """Equal for commits with one subject and one set of changed paths: those that may be one change picked twice."""


class Contacts:
    """Numbers raw identities (name and address as bytes, as written), each once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[bytes, bytes], int] = {}

    def number(self, name: bytes, email: bytes) -> int:
        """The number of an identity."""
        return self._numbers.setdefault((name, email), len(self._numbers))

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last instant, in seconds since 1970, that a commit can have been made."""

    latest: int
    earliest: int = _EARLIEST

    def dated(self, author: int | None, committed: int | None) -> tuple[int, tuple[str, ...]]:
        """(when a commit was made, flags): its author date; where that can't be true, its commit date; else a bound."""
        earliest = min(self.earliest, self.latest)
        if author is not None and earliest <= author <= self.latest:
            return author, ()
        flag = "date-unreadable" if author is None else "future" if author > self.latest else "date-too-early"
        if committed is not None and earliest <= committed <= self.latest:
            return committed, (flag,)
        return max(earliest, min(author or 0, self.latest)), (flag,)


def bounds(today: date, zone: ZoneInfo) -> Bounds:
    """The bounds on a day, which ends when it ends in the zone."""
    return Bounds(int(datetime.combine(today, time.max, zone).timestamp()))


def seconds(text: bytes) -> int | None:
    """An instant as Git writes it; None when it wrote none."""
    try:
        return int(text)
    except ValueError:
        return None


def links(body: bytes) -> tuple[bytes | None, bytes | None]:
    """(the commit this one says it reverts, the commit it says it was picked from)."""
    if b" commit " not in body or b"\n" not in body.rstrip(b"\n"):
        return None, None
    revert = _REVERT.search(body) if b"This reverts commit" in body else None
    picks = _PICK.findall(body) if b"(cherry picked from commit" in body else ()
    return revert and revert[1], picks[-1] if picks else None


class Trailers:
    """Reads trailers: who helped with a commit, and which pages it confirms."""

    def __init__(self, roles: Mapping[str, str], contacts: Contacts) -> None:
        self._contacts = contacts
        self._roles = {key.lower().encode(): role for key, role in roles.items()}
        names = b"|".join(re.escape(key) for key in self._roles if key != _CONFIRMS)
        pattern = rb"^[ \t]*(%s)[ \t]*:(.*)$" % (names or rb"(?!)")
        self._anywhere = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
        self._numbers: dict[bytes, tuple[int, ...]] = {}
        self.malformed: set[str] = set()
        """Commits with a trailer of a known role that does not name anybody with an address."""
        self.crowded: set[str] = set()
        """Commits with more than `MOST_HELPERS` helpers; the first ones are kept."""

    def read(self, raw: RawCommit) -> tuple[list[Helper], list[bytes]]:
        """(helpers as in `Fact.helpers`, values of the trailers that confirm a page).

        Git's trailer block gives the rule "trailer"; the same line elsewhere in the message, as squash merges leave
        it, gives "body". Only a contact with an address counts: a line of prose that happens to begin like a trailer
        outside the block is not one, and is not a mistake.
        """
        helpers: dict[Helper, None] = {}
        confirmed: list[bytes] = []
        block: list[bytes] = []
        for line in raw.trailers.split(b"\n") if raw.trailers else ():
            name, colon, value = line.partition(b":")
            key = name.strip().lower()
            role = self._roles.get(key) if colon else None
            if role is None:
                continue
            if key == _CONFIRMS:
                confirmed.append(value.strip())
                continue
            block.append(line)
            if len(helpers) <= MOST_HELPERS:
                people = self._people(value)
                if not people:
                    self.malformed.add(raw.commit.decode())
                helpers.update(((role, number, "trailer"), None) for number in people)
        if b":" in raw.body and b"\n" in raw.body.rstrip(b"\n"):
            for helper in self._elsewhere(raw.body, block):
                helpers[helper] = None
                if len(helpers) > MOST_HELPERS:
                    break
        if len(helpers) > MOST_HELPERS:
            self.crowded.add(raw.commit.decode())
        return list(helpers)[:MOST_HELPERS], confirmed

    def _elsewhere(self, body: bytes, block: list[bytes]) -> Iterator[Helper]:
        """Helpers named outside the trailer block."""
        in_block = sorted(_plain(line) for line in block)
        for match in self._anywhere.finditer(body):
            # Git has unfolded the block's lines: one of them may only begin like this one.
            line = _plain(match[1] + b":" + match[2])
            at = bisect_left(in_block, line)
            if at == len(in_block) or not in_block[at].startswith(line):
                for number in self._people(match[2]):
                    yield self._roles[match[1].lower()], number, "body"

    def _people(self, value: bytes) -> tuple[int, ...]:
        """Numbers of the identities in a trailer's value. The same few people are named again and again."""
        numbers = self._numbers.get(value)
        if numbers is None:
            parts = [part.strip() for part in _BETWEEN.split(value.strip())]
            matches = [_CONTACT.fullmatch(part) for part in parts[:MOST_HELPERS] if len(part) <= _LONGEST_CONTACT]
            numbers = tuple(self._contacts.number(m["name"].strip(b' \t"'), m["email"]) for m in matches if m)
            if numbers:
                self._numbers[value] = numbers
        return numbers


def limited(facts: Iterable[Fact]) -> set[str]:
    """Takes the helpers from the commits with the most contributions by helpers, until `MOST_HELP` are left in all.

    Returns those commits. A trailer counts for each page of its commit, so without a limit a message of some
    kilobytes makes millions of contributions. Commits with few are left alone: there, the cost is that of the log.
    Which commits lose their helpers does not depend on the commits' order.
    """
    crowded = [fact for fact in facts if fact.pages * len(fact.helpers) > MOST_HELPERS]
    sizes = sorted(fact.pages * len(fact.helpers) for fact in crowded)
    total = 0
    for size in sizes:
        total += size
        if total > MOST_HELP:
            break
    else:
        return set()
    over = [fact for fact in crowded if fact.pages * len(fact.helpers) >= size]
    for fact in over:
        fact.helpers = ()
    return {fact.commit for fact in over}


def _plain(line: bytes) -> bytes:
    return b"".join(line.lower().split())


def fact(raw: RawCommit, helpers: list[Helper], pages: int, edits: int, contacts: Contacts, limits: Bounds) -> Fact:
    """What is kept of a commit; `pages` and `edits` as in `Fact`."""
    author_time, committed = seconds(raw.author_time), seconds(raw.committer_time)
    when, flags = limits.dated(author_time, committed)
    web = raw.committer_email == b"noreply@github.com"
    from_body = bool(helpers) and any(role == "co-wrote" and rule == "body" for role, _, rule in helpers)
    # A forge names the pull request in the subject and lists the subjects of its commits with stars, whoever is the committer.
    from_request = _PULL_REQUEST.match(raw.body) and (web or _SUBJECTS.search(raw.body))
    if from_body or _SQUASHED in raw.body or from_request:
        flags += ("squashed",)
    if author_time is not None and committed is not None and author_time > committed:
        flags += ("date-after-commit",)
    subject, _, _ = raw.body.partition(b"\n")
    # By position: names of arguments would take three times as long.
    return Fact(
        raw.commit.decode(),
        contacts.number(raw.author, raw.author_email),
        when,
        committed,
        tuple(helpers),
        flags,
        pages,
        edits,
        hash((subject, tuple([change.new_path for change in raw.changes]))),
    )
