"""Names in the history that look like one person under two names: asked about, never joined."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge_garden.indexes.ledger import Ledger
from knowledge_garden.model.names import name_key
from knowledge_garden.model.people import Contributor


def likely_same(ledger: Ledger) -> dict[str, tuple[Contributor, ...]]:
    """Contributor's key → others who may be the same person: "ash" and "Ash Fraxinus", or names in another order.

    Of somebody who is not shown by name nothing is asked. Linear in the number of people, for names of few words.
    """
    people = {
        line.contributor.key: line.contributor
        for line in ledger.lines
        if line.contributor.named and not line.contributor.tool
    }
    by_part: dict[str, list[Contributor]] = {}
    for person in people.values():
        for part in _parts(person.full_name):
            by_part.setdefault(part, []).append(person)
    same: dict[str, dict[str, Contributor]] = {}
    for person in people.values():
        for part in _parts(person.full_name):
            if len(by_part[part]) == 2:  # a name that several share says nothing
                for other in by_part[part]:
                    if other.key != person.key:
                        same.setdefault(person.key, {})[other.key] = other
    return {key: tuple(others.values()) for key, others in same.items()}


def _parts(name: str) -> Iterable[str]:
    """What makes a name the same as another: a single word in it, all its words in any order, letters of a user's name."""
    words = name_key(name.replace(".", " ").replace("_", " ").replace("-", " ")).split()
    if not words:
        return ()
    joined = " ".join(sorted(words))
    parts = {f"all:{joined}", f"word:{''.join(words)}"}
    if len(words) > 1:
        parts |= {f"word:{words[0]}", f"word:{words[0][0]}{words[-1]}", f"word:{words[-1]}"}
    return parts
