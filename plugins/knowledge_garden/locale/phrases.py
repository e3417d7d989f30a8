"""A garden's own wording of the interface: which of its phrases can be used, and which texts there are to replace."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.mofile import read_mo

DOMAIN = "knowledge_garden"
FOLDER = Path(__file__).parent


def fits(template: str, phrase: str) -> bool:
    """Whether a phrase can stand for a text: it names no other {values}, and asks for nothing of them."""
    try:
        names = {name for _, name, *_ in Formatter().parse(template) if name is not None}
        parts = [part for part in Formatter().parse(phrase) if part[1] is not None]
    except ValueError:  # a brace alone
        return False
    return all(name in names and not form and not conversion for _, name, form, conversion in parts)


@cache
def interface_texts() -> frozenset[str]:
    """The English texts of the interface, as every complete catalogue holds them."""
    path = next(iter(sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))))
    with path.open("rb") as file:
        entries = [entry.id for entry in read_mo(file)]
    return frozenset(text for entry in entries for text in ([entry] if isinstance(entry, str) else entry) if text)
