"""Finds lists that Markdown shows as running text, because no empty line is before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_garden.model.html import plain

_MARK = re.compile(r"\s{0,3}(?:[-*+]|1\.)[ \t]+(?=\S)")
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d+\.)[ \t]+(?=\S)")
_QUICK = re.compile(r"\n\s{0,3}(?:[-*+]|1\.)[ \t]")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)
_CODE = re.compile(r"<code>.*?</code>", re.S)
_COMPARED = 12  # letters by which a line of the page is found again in the text


def unseparated_lists(body: str, html: str) -> list[int]:
    """The lines of a text, from 0, on which such lists begin. `html` is what Markdown made of it.

    Two lines that look like items, or one below a line that ends in a colon, count as a list: one line alone may begin
    with a dash by chance.
    """
    if not _QUICK.search(html):
        return []
    shown = list(_first_items(html))
    starts: list[int] = []
    lines = body.split("\n") if shown else []
    for number in range(1, len(lines)):
        if not shown:
            break
        if _begins(lines, number) and _letters(lines[number].partition("](")[0]).startswith(shown[0]):
            starts.append(number)
            shown.pop(0)
    return starts


def _begins(lines: list[str], number: int) -> bool:
    before, line = lines[number - 1], lines[number]
    return bool(_MARK.match(line) and before.strip() and not _ITEM.match(before))


def _first_items(html: str) -> Iterator[str]:
    """The first letters of each list that is part of a paragraph."""
    for paragraph in _PARAGRAPH.finditer(html):
        if "\n" not in paragraph[1]:
            continue
        lines = _CODE.sub(lambda code: code[0].replace("\n", " "), paragraph[1]).split("\n")
        for number in range(1, len(lines)):
            following = lines[number + 1 : number + 2]
            is_list = lines[number - 1].rstrip().endswith(":") or any(map(_ITEM.match, following))
            if _begins(lines, number) and is_list:
                yield _letters(plain(lines[number]))[:_COMPARED]


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())
