"""Reads a private list of identities, address → name or slug, that stays outside the repository."""

from __future__ import annotations

from pathlib import Path

from knowledge_garden.reading.files import read_text
from knowledge_garden.reading.yaml import read_yaml


class IdentitiesError(Exception):
    """The list can't be used; the text says where and why."""


def read_identities(place: Path) -> dict[str, str]:
    """Address in lower case → the person's slug or full name. Raises IdentitiesError."""
    text, problems = read_text(place, place.name)
    values = read_yaml(text or "", place.name)
    found = [*problems, *values.problems]
    if (found and text is None) or values.problems:
        raise IdentitiesError(f"{found[0].location}: {found[0].message} {found[0].hint}")
    if not isinstance(values.data, dict):
        raise IdentitiesError(f"{place.name}: write lines of the form “address: name or slug”.")
    for address, name in values.data.items():
        if "@" not in address or not isinstance(name, str) or not name.strip():
            line = values.lines.get(address, 1)
            raise IdentitiesError(f"{place.name}:{line}: {address!r} is not of the form “address: name or slug”.")
    return {address.casefold(): name.strip() for address, name in values.data.items()}
