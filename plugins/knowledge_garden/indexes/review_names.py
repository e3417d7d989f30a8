"""Which names a review may hold: those of its person as they are, and of others only what they chose to show."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from knowledge_garden.indexes.ledger import Ledger
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.model.contributions import Notice
from knowledge_garden.model.names import name_key
from knowledge_garden.model.publication import NAME_NOTICES, Publication


def line_without_others(line: LedgerLine, publication: Publication) -> LedgerLine:
    """A line without the names of others who are not shown by theirs; one's own stay, in one's own review."""
    if not line.contributor.named:
        return line
    mentions = publication.mentions
    return replace(line, what=mentions.replaced(line.what), link=mentions.replaced(line.link))


def names_by_contributor(ledger: Ledger) -> dict[str, set[str]]:
    """Contributor's key → keys of the names that the history has for them."""
    directory = ledger.publication.directory
    names: dict[str, set[str]] = {}
    for contribution in ledger.history.contributions:
        identity = contribution.person
        who = directory.behind(identity, tool=contribution.tool)
        names.setdefault(who.key, set()).update(map(name_key, (identity.name, *identity.names)))
    return names


def notices_about(ledger: Ledger, names: Collection[str]) -> Iterator[Notice]:
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
