"""Puts the text below the front matter right: hard spaces after the sign of a list, lists without an empty line, links."""

from __future__ import annotations

import re

from knowledge_garden.fixing.edits import Edit, Text
from knowledge_garden.fixing.links import link_edits, may_have_edits
from knowledge_garden.fixing.names import GardenNames
from knowledge_garden.model.messages import message
from knowledge_garden.reading import MarkdownOptions
from knowledge_garden.reading.lists import unseparated_lists
from knowledge_garden.reading.markdown import MarkdownReader, MarkdownText

_HARD_MARK = re.compile(r"(?m)^(?:[-*+]|\d+\.)([\u00a0\u202f])(?=\S)")
_LIST = re.compile(r"(?m)^(?!(?:[-*+]|\d+\.)[ \t])[^\n]*\S[^\n]*\n(?:[-*+]|1\.)[ \t]")
_TRIED = 20  # places of one text that are tried one by one
_BLOCK = re.compile(r"<li\b")


class BodyFixer:
    """Fixes many texts with one set of Markdown's options."""

    def __init__(self, options: MarkdownOptions | None) -> None:
        self._reader = MarkdownReader(options)

    def fixed(self, body: str, here: str, names: GardenNames, first_line: int) -> Text:
        """The body of the page at content path `here`, fixed. Lines are those of the file it was read from."""
        fixed = Text(body)
        if not (_HARD_MARK.search(body) or _LIST.search(body) or may_have_edits(body, here, names)):
            return fixed  # to parse the text takes longer than all the rest
        for start in [match.start(1) for match in _HARD_MARK.finditer(body)][:_TRIED]:
            edit = Edit(start, start + 1, " ", message("A usual space after the sign of the list."))
            trial = fixed.edited([edit], first_line)
            # Within a block of code nothing becomes an item, and nothing is to be changed.
            if self._blocks(trial.text) > self._blocks(fixed.text):
                fixed = trial
        read = self._reader.read(fixed.text)
        fixed = fixed.edited(link_edits(fixed.text, read.links, here, names), first_line)
        return self._with_lists(fixed, read, first_line)

    def _blocks(self, text: str) -> int:
        return len(_BLOCK.findall(self._reader.read(text).html))

    def _with_lists(self, fixed: Text, read: MarkdownText, first_line: int) -> Text:
        lines = fixed.text.split("\n")
        # From the last to the first, so that the lines before keep their numbers.
        for number in reversed(unseparated_lists(fixed.text, read.html)[:_TRIED]):
            if lines[number][:1].isspace():
                continue  # it may belong to something before it
            start = sum(len(line) + 1 for line in lines[:number])
            edit = Edit(start, start, "\n", message("An empty line before the list."))
            trial = fixed.edited([edit], first_line)
            if self._blocks(trial.text) > self._blocks(fixed.text):
                fixed = trial
        return fixed
