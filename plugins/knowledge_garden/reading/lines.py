"""The lines of a text's links and other parts. Python-Markdown's tree has none, so they are looked for.

A part is looked for as it is written, and the number of earlier ones says which of several it is. The line is exact
where that is written once, or as often as it is read; it is that of a similar part where the same letters are also
in a comment, in an attribute or in a definition that nothing refers to, and the first line of the text where the part
is written with entities or escapes. A link by reference has the line of its definition.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from html import escape


class Lines:
    """The lines of one text, which begins at `first_line` of its file."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        self._breaks: list[int] = []
        self._offsets: dict[str, list[int]] = {}

    def at(self, offset: int) -> int:
        """The line of an offset; a line's own newline still belongs to it."""
        if not self._breaks and "\n" in self.text:
            position = -1
            while (position := self.text.find("\n", position + 1)) >= 0:
                self._breaks.append(position)
        return bisect_right(self._breaks, offset - 1) + self.first_line

    def of(self, needles: Sequence[str], number: int = 0) -> int:
        """The line of the `number`-th (from 0) place where the first of the `needles` that is there is written."""
        for needle in needles:
            if offsets := self.offsets(needle):
                return self.at(offsets[min(number, len(offsets) - 1)])
        return self.first_line

    def of_link(self, written: str, number: int) -> int:
        """The line of a link's target as it is written."""
        needles = (written, escape(written, quote=False), written.replace(" ", "%20"), written.partition(":")[2])
        return self.of(needles, number)

    def offsets(self, needle: str) -> list[int]:
        """Where a needle is written, in any case of letters where it is not written as it is."""
        if not needle:
            return []
        offsets = self._offsets.get(needle)
        if offsets is None:
            offsets = occurrences(self.text, needle) or occurrences(self.text.lower(), needle.lower())
            self._offsets[needle] = offsets
        return offsets


def occurrences(text: str, needle: str) -> list[int]:
    """Where `needle` occurs in `text`, not within a longer word or path."""
    offsets: list[int] = []
    position = text.find(needle)
    while position >= 0:
        end = position + len(needle)
        if not (_joins(needle[:1], text[position - 1 : position]) or _joins(needle[-1:], text[end : end + 1])):
            offsets.append(position)
        position = text.find(needle, end)
    return offsets


def _joins(edge: str, neighbour: str) -> bool:
    if not edge.isalnum():
        return edge == "." and neighbour == "/"
    return neighbour.isalnum() or neighbour in ("/", "-", "_")
