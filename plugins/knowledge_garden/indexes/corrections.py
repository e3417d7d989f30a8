"""Corrections of credit: which line of the history each one meets, and what becomes of the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.indexes.people import People
from knowledge_garden.model.declarations import Correction

Taken = tuple[LedgerLine, Correction]


def correct(
    lines: Iterable[LedgerLine], corrections: tuple[Correction, ...], people: People, page: Callable[[str], str]
) -> tuple[list[LedgerLine], list[Taken], list[Correction]]:
    """Lines that stay (or were given to another), lines taken out, and corrections that met no line.

    Of several that fit a line the most specific holds: with page and person, then with person, then with page, then
    neither; of two alike the first. `page` makes a path from the repository's top of a page as a correction names it.
    """
    kept: list[LedgerLine] = []
    taken: list[Taken] = []
    used: set[int] = set()
    fits = [(number, each, _fitting(each, people, page)) for number, each in enumerate(corrections)]
    for line in lines:
        found = [(number, each) for number, each, fit in fits if fit(line)]
        if not found:
            kept.append(line)
            continue
        used.update(number for number, _ in found)
        _, correction = max(found, key=lambda each: (bool(each[1].person), bool(each[1].page), -each[0]))
        taken.append((line, correction))
        if correction.give_to:
            flags = tuple(sorted({*line.flags, "corrected"}))
            kept.append(replace(line, contributor=people.named(correction.give_to), flags=flags))
    return kept, taken, [each for number, each in enumerate(corrections) if number not in used]


def _fitting(correction: Correction, people: People, page: Callable[[str], str]) -> Callable[[LedgerLine], bool]:
    path = page(correction.page) if correction.page else ""
    key = people.named(correction.person).key if correction.person else ""

    def fits(line: LedgerLine) -> bool:
        return (
            line.commit.startswith(correction.commit)
            and (not path or line.page == path)
            and (not key or line.contributor.key == key)
        )

    return fits
