"""Who a name in the history is: raw identities through the committed `.mailmap`, one person per address, tools apart.

Git itself maps the identities, those of trailers too, in one process. What Git leaves apart is joined on one ground
only, an equal address; identities of one name stay apart here: the ledger joins them, where people's records are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.errors import HistoryError
from knowledge_garden.history.facts import Contacts, Fact
from knowledge_garden.history.globs import identity_pattern
from knowledge_garden.model import names as model_names
from knowledge_garden.model.contributions import Identity

_SHARED: Final = re.compile(
    r"|(.*@)?(localhost|\(none\)|example\.(com|org))|(.*@)?[^@]*\.localdomain|no-?reply@.*|unknown|none", re.I
)
"""Addresses that say nothing of who wrote: machines' defaults and placeholders."""
_NEVER: Final = (-(1 << 63), "")
_MAPPED: Final = re.compile(rb"(?:(.*?) )?<([^<>]*)>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class People:
    """Raw identities resolved."""

    identities: tuple[Identity, ...]
    """By number in `Contacts`."""
    tools: tuple[bool, ...]
    """By number: whether it is a bot or an AI."""
    several_addresses: tuple[str, ...]
    """Names that stand for several addresses, sorted."""
    several_names: tuple[str, ...]
    """Addresses' names where one address has several, each "A / B", sorted; the addresses are not told."""


def readable(raw: bytes) -> str:
    """A name as text: UTF-8, or else Latin-1, in which every byte is a letter; an address in it is cut before its @."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return model_names.readable(text) or "(no name)"


def _question(revision: str) -> tuple[str, ...]:
    return "-c", "mailmap.file=", "-c", f"mailmap.blob={revision}:.mailmap", "check-mailmap", "--stdin"


def start(git: GitEnvironment, revision: str) -> None:
    """Lets Git read the revision's `.mailmap` while others work, for `mapped`."""
    git.start(*_question(revision))


def mapped(git: GitEnvironment, revision: str, contacts: Contacts) -> list[tuple[bytes, bytes]]:
    """Each raw identity as the revision's `.mailmap` maps it, by number."""
    raw = list(contacts)
    # One contact Git can't parse would end the whole batch: those stay as they are.
    sound = [n for n, pair in enumerate(raw) if not any(c in b"<>\n\r\0" for c in b"".join(pair))]
    if not sound:
        return raw
    lines = b"".join(b"%s <%s>\n" % raw[n] for n in sound)
    answer = git.run(*_question(revision), stdin=lines).split(b"\n")[:-1]
    if len(answer) != len(sound):
        raise HistoryError(f"git check-mailmap answered {len(answer)} identities of {len(sound)}")
    for number, line in zip(sound, answer, strict=True):
        match = _MAPPED.fullmatch(line)
        if match is None:
            raise HistoryError("git check-mailmap gave an answer that is no identity")
        raw[number] = (match[1] or b"", match[2])
    return raw


def resolve(pairs: Sequence[tuple[bytes, bytes]], facts: Sequence[Fact], bots: Sequence[str]) -> People:
    """People behind mapped identities. Of several names with one address, the one last used by an author is shown."""
    used: dict[int, tuple[int, str]] = {}
    for fact in facts:
        last = (fact.when or 0, fact.commit)
        if last > used.get(fact.author, _NEVER):
            used[fact.author] = last
    groups: dict[tuple[str, str], list[int]] = {}
    names = [readable(name) for name, _ in pairs]
    emails = [email.decode("utf-8", "surrogateescape") for _, email in pairs]
    for number, email in enumerate(emails):
        shared = _SHARED.fullmatch(email.casefold()) is not None
        groups.setdefault((email.casefold(), names[number].casefold() if shared else ""), []).append(number)
    is_tool = identity_pattern(bots)
    identities: list[Identity] = [Identity("")] * len(pairs)
    tools = [False] * len(pairs)
    addresses: dict[str, set[str]] = {}
    renamed: set[str] = set()
    for (address, _), members in groups.items():
        best = max(members, key=lambda n: (used.get(n, _NEVER), names[n]))
        person = Identity(names[best], address, tuple(sorted({names[n] for n in members})), (address,))
        tool = any(
            is_tool.fullmatch(form)
            for form in (
                pairs[best][0].decode("utf-8", "replace"),
                f"<{address}>",
                f"{names[best]} <{address}>",
            )
        )
        for number in members:
            identities[number] = person
            tools[number] = tool
        if not tool:
            addresses.setdefault(person.name.casefold(), set()).add(address)
            variants = {names[n] for n in members}
            if len(variants) > 1:
                renamed.add(" / ".join(sorted(variants)))
    several = sorted({p.name for p in identities if len(addresses.get(p.name.casefold(), ())) > 1})
    return People(tuple(identities), tuple(tools), tuple(several), tuple(sorted(renamed)))
