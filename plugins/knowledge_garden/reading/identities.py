"""Reads a private list of identities, address → name or slug, that stays outside the repository."""

from __future__ import annotations

from pathlib import Path

from knowledge_garden.reading.files import read_text
from knowledge_garden.reading.yaml import read_yaml


class IdentitiesError(Exception):
    """The list can't be used; the text says where and why."""


def read_identities(source: Path) -> dict[str, str]:
    """Address in lower case → the person's slug or full name. Raises IdentitiesError."""
    text, problems = read_text(source, source.name)
    values = read_yaml(text or "", source.name)
    reasons = [*problems, *values.problems]
    if (reasons and text is None) or values.problems:
        raise IdentitiesError(f"{reasons[0].location}: {reasons[0].message} {reasons[0].hint}")
    if not isinstance(values.data, dict):
        raise IdentitiesError(f"{source.name}: write lines of the form “address: name or slug”.")
    for address, name in values.data.items():
        if "@" not in address or not isinstance(name, str) or not name.strip():
            line = values.lines.get(address, 1)
            raise IdentitiesError(f"{source.name}:{line}: {address!r} is not of the form “address: name or slug”.")
    return {address.casefold(): name.strip() for address, name in values.data.items()}
