"""Finds the words of a garden nearest to one that it does not have, for typing errors and unfinished words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

SHORTEST = 4  # letters of a word that is corrected
SHORTEST_FOR_TWO = 8  # letters from which two errors are allowed
MOST = 3  # corrections, and endings of an unfinished word
_LAST = "\U0010ffff"


def beginning_with(words: Sequence[str], prefix: str) -> Iterator[str]:
    """The words, of a sorted sequence, that begin with a prefix."""
    position = bisect_left(words, prefix)
    while position < len(words) and words[position].startswith(prefix):
        yield words[position]
        position += 1


def nearest(words: Sequence[str], word: str, frequency: Callable[[str], int]) -> list[str]:
    """The words, of a sorted sequence, with the fewest typing errors between them and `word`, the most frequent first.

    An error is a letter too many, missing or wrong, or two neighbours swapped. The first letter must be right. The
    browser does the same (search-engine.js).
    """
    if len(word) < SHORTEST or not word.isalpha():
        return []
    allowed = 2 if len(word) >= SHORTEST_FOR_TWO else 1
    close: list[tuple[int, int, str]] = []
    for other in words[bisect_left(words, word[0]) : bisect_left(words, word[0] + _LAST)]:
        if abs(len(other) - len(word)) <= allowed and (errors := distance(word, other, allowed)) <= allowed:
            close.append((errors, -frequency(other), other))
    close.sort()
    return [other for errors, _, other in close if errors == close[0][0]]


def distance(word: str, other: str, allowed: int) -> int:
    """How many errors there are between two words; any number above `allowed` where there are more than that."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        row = [i]
        for j, its in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return allowed + 1
        before, last = last, row
    return last[-1]
