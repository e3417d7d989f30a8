"""Blanks out what Markdown does not read as Markdown, code and comments, at the same length so that offsets still hold.

Where it is unsure it leaves the text as it is: a link too many is checked rather than one too few.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

# The fences that pymdownx.superfences takes for sure: a language at most, and the options it knows.
_FENCE = re.compile(
    r"(?P<indent>[ \t>]*)(?P<mark>`{3,}|~{3,})[ \t]*\.?[\w#.+-]*"
    r"(?:[ \t]+(?:title|linenums|hl_lines)=\"[^\"\n]*\")*[ \t]*\Z"
)
_COMMENT = re.compile(r"^ {0,3}<!--.*?-->", re.M | re.S)
_INLINE_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*-->", re.S)
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]")
_KEEPS_INDENT = ("!!!", "???", "===", "[^")  # admonitions, tabs and footnotes: what is indented below belongs to them
# A line that begins a block, into which code within the line before does not reach: a list item, a heading, a rule, a
# quotation, a row of a table, a definition. And one after which another begins: a heading or a rule.
_BEGINS = re.compile(r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]|[#>|]|!!!|\?\?\?|\[[^\]\n]*\]:|(?:=+|-+|[-*_ ]{3,})[ \t]*\Z|\Z)")
_ENDS = re.compile(r"[ \t>]*(?:#|(?:=+|-+|[-*_ ]{3,})[ \t]*\Z)")
_SIGN = re.compile(r"<(?=[a-zA-Z/])|>")
_TICKS = re.compile(r"(?<!\\)(\\*+)(`++)")
_VISIBLE = re.compile(r"\S")
_SEEN = re.compile(r"[^\n]")
_FILL = "\ue000"  # stands for what was blanked until the end, so that it does not look like an indent or an empty line


def blank_code(text: str) -> str:
    """The text with every visible character of code and comments made a space."""
    if "```" in text or "~~~" in text:
        text = _filled(text, _fences(text))
    if "<!--" in text:
        # Its indent too: what follows it on its last line is no code.
        text = _without_comments(text)
    if "\n    " in text or "\n\t" in text or text.startswith(("    ", "\t")):
        text = _filled(text, _indented(text))
    if "`" in text:
        text = _filled(text, (span for block in _blocks(text) for span in _code_spans(text, *block)))
    if "<!--" in text:
        comments = (found.span() for block in _blocks(text) for found in _INLINE_COMMENT.finditer(text, *block))
        text = _filled(text, comments)
    return text.replace(_FILL, " ")


def blank_sure_code(text: str, raw_spans: Callable[[str], Iterable[tuple[int, int]]]) -> str:
    """The text with only that code blanked which stays code in HTML.

    Comments stay; and nothing is code by its indent or between backticks that stands in a tag, or in one of the
    `raw_spans` of the text, where Markdown hands HTML on as it is.
    """
    text = _filled(text, _fences(text))
    raw = list(raw_spans(text))
    plain = _without_comments(text)
    indented = list(_apart(_indented(plain), raw))
    plain, text = _filled(plain, iter(indented)), _filled(text, iter(indented))
    spans = (span for block in _blocks(plain) for span in _code_spans(plain, *block))
    return _filled(text, _outside_tags(text, _apart(spans, raw))).replace(_FILL, " ")


def _apart(spans: Iterator[tuple[int, int]], others: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of the spans that meet none of the others; both in order."""
    starts = [start for start, _ in others]
    for start, end in spans:
        before = bisect_left(starts, end)
        if not before or others[before - 1][1] <= start:
            yield start, end


def _without_comments(text: str) -> str:
    last = text.rfind("-->") + 3  # what is open behind it is no comment, and not looked for again and again
    return _COMMENT.sub(lambda found: _SEEN.sub(_FILL, found[0]), text[:last]) + text[last:]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _outside_tags(text: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of the code spans that do not begin in a tag."""
    position, within = 0, False
    for start, end in spans:
        between = text[position:start]
        if "\n\n" in between:
            between, within = between[between.rfind("\n\n") :], False
        signs = _SIGN.findall(between)
        within = signs[-1] != ">" if signs else within
        if not within:
            yield start, end
        else:
            signs = _SIGN.findall(text, start, end)
            within = signs[-1] != ">" if signs else within
        position = end


def _filled(text: str, spans: Iterator[tuple[int, int]]) -> str:
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], _VISIBLE.sub(_FILL, text[start:end])]
        position = end
    return "".join((*parts, text[position:]))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _fences(text: str) -> Iterator[tuple[int, int]]:
    opening: re.Match[str] | None = None
    start = 0
    for offset, line in _lines(text):
        if opening is None:
            opening, start = _FENCE.match(line), offset
        elif not line.strip(" \t>"):
            continue
        elif not line.startswith(opening["indent"]):
            opening = None  # less indented than the fence: it was none
        elif line[len(opening["indent"]) :].rstrip(" \t") == opening["mark"]:
            yield start, offset + len(line)
            opening = None


def _indented(text: str) -> Iterator[tuple[int, int]]:
    after_empty, in_code, in_item = True, False, False
    for offset, line in _lines(text):
        if not line.strip():
            after_empty = not line or offset > 0  # the first line counts only when there is nothing in it
            continue
        if line.startswith(("    ", "\t")):
            in_code = not in_item and (after_empty or in_code)
            if in_code:
                yield offset, offset + len(line)
        else:
            in_code = False
            in_item = (
                bool(_LIST_ITEM.match(line))
                or line.startswith(_KEEPS_INDENT)
                or (in_item and (line[0] == " " or not after_empty))
            )
        after_empty = False


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start, ended = 0, False
    for offset, line in _lines(text):
        if (ended or _BEGINS.match(line)) and offset > start:
            yield start, offset
            start = offset
        ended = bool(_ENDS.match(line))
    yield start, len(text)


def _code_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if "`" not in text[start:end]:
        return
    runs = [(found.end(1), found.end(), len(found[1]) % 2) for found in _TICKS.finditer(text, start, end)]
    by_length: dict[int, list[int]] = {}
    for run in runs:
        by_length.setdefault(run[1] - run[0], []).append(run[0])
    position = start
    for first, last, escaped in runs:
        begin = first + escaped
        if begin < position or begin == last:
            continue
        length = last - begin
        same = by_length.get(length, ())
        following = bisect_right(same, first)
        if following < len(same):
            position = same[following] + length
            yield begin, position
        elif any(others[-1] > first for ticks, others in by_length.items() if ticks < length):
            return  # of ticks that nothing closes, fewer may begin code, and so on: nothing is sure any more
