"""Corrections of credit: which line of the history each one meets, and what becomes of the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.model.declarations import Correction
from knowledge_garden.model.people import Directory

Taken = tuple[LedgerLine, Correction]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A correction with its page and person looked up once; "" where it is for every page or for everybody."""

    number: int
    correction: Correction
    path: str
    key: str

    def fits(self, line: LedgerLine) -> bool:
        return (not self.path or line.page == self.path) and (not self.key or line.contributor.key == self.key)

    @property
    def rank(self) -> tuple[bool, bool, int]:
        return bool(self.key), bool(self.path), -self.number


def correct(
    lines: Iterable[LedgerLine], corrections: tuple[Correction, ...], directory: Directory, page: Callable[[str], str]
) -> tuple[list[LedgerLine], list[Taken], list[Correction]]:
    """Lines that stay (or were given to another), lines taken out, and corrections that met no line.

    Of several that fit a line the most specific applies: with page and person, then with person, then with page, then
    neither; of two alike the first. `page` makes a path from the repository's top of a page as a correction names it.
    Takes a time linear in lines and corrections: a line is compared with the corrections of its commit only.
    """
    by_commit: dict[str, list[_Prepared]] = {}
    for number, correction in enumerate(corrections):
        path = page(correction.page) if correction.page else ""
        key = directory.named(correction.person).key if correction.person else ""
        by_commit.setdefault(correction.commit, []).append(_Prepared(number, correction, path, key))
    lengths = sorted({len(commit) for commit in by_commit})
    kept: list[LedgerLine] = []
    taken: list[Taken] = []
    used: set[int] = set()
    for line in lines:
        of_commit = (prepared for length in lengths for prepared in by_commit.get(line.commit[:length], ()))
        fitting = [prepared for prepared in of_commit if prepared.fits(line)]
        if not fitting:
            kept.append(line)
            continue
        used.update(prepared.number for prepared in fitting)
        correction = max(fitting, key=lambda prepared: prepared.rank).correction
        taken.append((line, correction))
        if correction.give_to:
            flags = tuple(sorted({*line.flags, "corrected"}))
            kept.append(replace(line, contributor=directory.named(correction.give_to), flags=flags))
    return kept, taken, [correction for number, correction in enumerate(corrections) if number not in used]
