"""Reads the seats of earlier versions of a charter. What can't be read of an old version is passed over: nobody can fix it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from knowledge_garden.model.community import SEATS
from knowledge_garden.model.dates import When
from knowledge_garden.model.seats import PastSeat
from knowledge_garden.reading.yaml import read_yaml

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:")

Held = tuple[str, str, When | None, When | None]  # role, slug of the person, since, until


def past_seats(versions: Iterable[tuple[datetime.date, str]]) -> tuple[PastSeat, ...]:
    """The seats in the versions (day, text of the file) of one charter, the oldest first."""
    read: dict[str, tuple[Held, ...]] = {}
    first: dict[tuple[str, str], datetime.date] = {}
    last: dict[tuple[str, str], tuple[int, Held]] = {}
    days: list[datetime.date] = []
    for number, (day, text) in enumerate(versions):
        days.append(day)
        block = _seats_block(text)
        if block not in read:  # most changes of a charter leave its seats as they are
            read[block] = tuple(_seats(block))
        for held in read[block]:
            first.setdefault(held[:2], day)
            last[held[:2]] = (number, held)
    return tuple(
        PastSeat(*key, first[key], days[number + 1] if number + 1 < len(days) else None, *held[2:])
        for key, (number, held) in last.items()
    )


def _seats_block(text: str) -> str:
    """The lines of the front matter that are about seats."""
    front = _FRONT.match(text)
    kept: list[str] = []
    inside = False
    for line in front[1].splitlines() if front else ():
        if key := _KEY.match(line):
            inside = key[1] in SEATS
        if inside:
            kept.append(line)
    return "\n".join(kept)


def _seats(block: str) -> Iterator[Held]:
    read = read_yaml(block, "").data if block else None
    data: dict[str, object] = read if isinstance(read, dict) else {}
    for role in SEATS:
        value = data.get(role)
        for seat in value if isinstance(value, list) else [value]:
            if isinstance(seat, str):
                yield role, seat, None, None
            elif isinstance(seat, dict) and isinstance(person := seat.get("person"), str):
                yield role, person, _when(seat.get("since")), _when(seat.get("until"))


def _when(value: object) -> When | None:
    try:
        return When.parse(value) if value is not None else None
    except ValueError:
        return None
