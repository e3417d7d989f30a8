"""Limits of a text's structure, counted before it is parsed, so that no small text costs much time or memory.

Python-Markdown's cost grows with the square or worse of what is counted here. The counts look only at the signs of
Markdown and may include code, so the limits are far above what a text for readers has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_garden.model.messages import message

LINE_LIMIT = 10_000  # characters of a line
CELL_LIMIT = 20_000  # cells of a table: columns of its second line, times the lines up to an empty one
COLUMN_LIMIT = 100
DEPTH_LIMIT = 20  # lists, quotations and notes in one another; brackets too
LINES_LIMIT = 10_000
BLOCKS_LIMIT = 4_500  # parts between empty lines
SIGN_LIMIT = 6_000  # signs that may begin markup, in the whole text
BLOCK_SIGN_LIMIT = 1_500  # of those that a parser looks for in pairs, in one block
REACH_LIMIT = 2_000_000  # sum of the distances between an opening bracket and its closing one
BORDER_LIMIT = 10_000_000  # sum over blocks: lines that end the part before them, times the block's characters
UNCLOSED_LIMIT = 10_000_000  # tags that are not closed, times the text's characters
CONTENTS_LIMIT = 5  # tables of contents

_MARKERS = re.compile(r"(?:[ \t]*(?:[-*+>]|\d{1,9}[.)])(?=[ \t>]|$))*")
_RULE = re.compile(r"[ \t]*(?:[-_]|\*)(?:[ \t]*[-*_])*[ \t]*\Z")
_DELIMITERS = re.compile(r"[ \t>*+\d.)]*[-:| \t]*\Z")
_SIGNS = re.compile(r"[*_`\[<&{|~^=]")
_PAIRED = re.compile(r"[*_`<&{~^=]+|\[")
_BLANK = re.compile(r"[ \t>]*\Z")
_BORDERS = re.compile(r"^[ \t>]*(?:#|[?!]{3}|(?:[-_*=][ \t]*)+$)", re.M)
_UNCLOSED = re.compile(r"<[a-zA-Z/!?][^<>]*(?=<|\Z)")
_CONTENTS = re.compile(r"\[TOC\]", re.I)
_BRACKETS = re.compile(r"[\[\]]")
_BLOCK_BORDER = re.compile(r"\n[ \t>]*\n")


def too_complex(text: str) -> tuple[int, str] | None:
    """The offset and the reason of the first limit that a text goes beyond, or None."""
    return next(_beyond(text), None)


def _beyond(text: str) -> Iterator[tuple[int, str]]:
    signs = len(_SIGNS.findall(text))
    if signs > SIGN_LIMIT:
        yield (
            0,
            message(
                "The text has {signs} signs of Markdown or HTML; the limit is {limit}.",
                signs=signs,
                limit=SIGN_LIMIT,
            ),
        )
    lines = text.count("\n") + 1
    if lines > LINES_LIMIT:
        yield (
            0,
            message("The text has {lines} lines; the limit is {limit}.", lines=lines, limit=LINES_LIMIT),
        )
    if len(_UNCLOSED.findall(text)) * len(text) > UNCLOSED_LIMIT:
        yield 0, message("Too many tags of HTML are not closed.")
    if len(_CONTENTS.findall(text)) > CONTENTS_LIMIT:
        yield (
            0,
            message(
                "The text has too many tables of contents; the limit is {limit}.",
                limit=CONTENTS_LIMIT,
            ),
        )
    yield from _lines(text)
    yield from _blocks(text)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset, columns, rows, delimiters = 0, 0, 0, 0
    for line in text.split("\n"):
        if len(line) > LINE_LIMIT:
            yield (
                offset,
                message(
                    "The line has {number} characters; the limit is {limit}.",
                    number=len(line),
                    limit=LINE_LIMIT,
                ),
            )
        depth = _depth(line)
        if depth > DEPTH_LIMIT:
            yield (
                offset,
                message(
                    "Lists or quotations are nested {depth} deep; the limit is {limit}.",
                    depth=depth,
                    limit=DEPTH_LIMIT,
                ),
            )
        if "|" in line and _DELIMITERS.match(line):
            columns, rows, delimiters = max(columns, line.count("|") + 1), rows, offset
            if columns > COLUMN_LIMIT:
                yield (
                    offset,
                    message(
                        "A table has {columns} columns; the limit is {limit}.",
                        columns=columns,
                        limit=COLUMN_LIMIT,
                    ),
                )
        elif _BLANK.match(line):
            columns, rows = 0, 0
        if columns:
            rows += 1
            if columns * rows > CELL_LIMIT:
                yield delimiters, message("A table has more than {limit} cells.", limit=CELL_LIMIT)
        offset += len(line) + 1


def _depth(line: str) -> int:
    """How many lists, quotations and notes can contain a line, by its indent and the markers that it begins with."""
    body = line.lstrip(" \t>")
    lead = line[: len(line) - len(body)]
    depth = lead.count(">") + (len(lead.replace(">", "").expandtabs(4)) // 4 if body[:1] in _STARTS else 0)
    markers = _MARKERS.match(body)
    if markers and markers.end() > 2 and not _RULE.match(body):
        depth += len(markers[0].split())
    return depth


_STARTS = frozenset("-*+>#!?0123456789:")


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    reach, split, start = 0, 0, 0
    borders = [*(match.end() for match in _BLOCK_BORDER.finditer(text)), len(text)]
    if len(borders) > BLOCKS_LIMIT:
        yield (
            0,
            message(
                "The text has {number} paragraphs; the limit is {limit}.",
                number=len(borders),
                limit=BLOCKS_LIMIT,
            ),
        )
    for border in borders:
        block = text[start:border]
        split += len(_BORDERS.findall(block)) * len(block) if len(block) > 200 else 0
        if split > BORDER_LIMIT:
            yield start, message("Too many headings and rules follow each other without an empty line.")
        paired = len(_PAIRED.findall(block))
        if paired > BLOCK_SIGN_LIMIT:
            yield (
                start,
                message(
                    "A paragraph has {paired} signs of Markdown or HTML; the limit is {limit}.",
                    paired=paired,
                    limit=BLOCK_SIGN_LIMIT,
                ),
            )
        depth, far = _brackets(block)
        reach += far
        if depth > DEPTH_LIMIT:
            yield (
                start,
                message(
                    "Brackets are nested {depth} deep; the limit is {limit}.",
                    depth=depth,
                    limit=DEPTH_LIMIT,
                ),
            )
        if reach > REACH_LIMIT:
            yield start, message("Too many brackets are open in one paragraph.")
        start = border


def _brackets(block: str) -> tuple[int, int]:
    """How deep closed brackets are nested in a block, and the sum of the distances to where they are closed."""
    if "[" not in block:
        return 0, 0
    opened: list[tuple[int, int]] = []  # of each open bracket, its offset and the depth of those closed within
    deepest, reach = 0, 0
    for match in _BRACKETS.finditer(block):
        if match[0] == "[":
            opened.append((match.start(), 0))
        elif opened:
            offset, inner = opened.pop()
            reach += match.start() - offset
            deepest = max(deepest, inner + 1)
            if opened:
                opened[-1] = (opened[-1][0], max(opened[-1][1], inner + 1))
    return deepest, reach + sum(len(block) - offset for offset, _ in opened)
