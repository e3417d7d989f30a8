"""The plain words of Markdown, and the sentence around a link, for backlinks."""

from __future__ import annotations

import re

_WIKI = re.compile(r"(?<![\\!])\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]+?))?\]\](?!\()")
_LINK = re.compile(
    r"(?<!\\)!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+)\]"
    r"(?:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)|\[[^\[\]\n]*+\](?!\())"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!|~:^<-])")
_MARKUP = re.compile(r"[*`~]{1,3}(?=\S)|(?<=\S)[*`~]{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|</?[a-zA-Z][^<>]*>")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[^a-z\s])")
# Where a sentence ends at the latest: an empty line, a list item, a heading, a quotation, a row of a table.
_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)]|#{1,6}|\||>)[ \t])")
_REACH = 1000  # characters before and after a link in which its sentence is looked for


def plain_text(written: str) -> str:
    """A line of Markdown without its markup: the words of links, no emphasis, no tags."""
    if "[" in written:
        written = _WIKI.sub(lambda found: found[2] or found[1], written)
        written = _LINK.sub(lambda found: found[1], written)
    return _ESCAPE.sub(r"\1", _MARKUP.sub("", written)).strip()


def sentence_around(text: str, start: int, end: int, words: str) -> tuple[str, tuple[int, int]]:
    """The sentence around text[start:end] as plain text, with `words` in that place, and where in it they stand."""
    earliest, latest = max(0, start - _REACH), min(len(text), end + _REACH)
    first = max((found.end() for found in _BLOCK.finditer(text, earliest, start)), default=earliest)
    following = _BLOCK.search(text, end, latest)
    before, after = text[first:start], text[end : following.start() if following else latest]
    breaks = [found.end() for found in _SENTENCE_END.finditer(before + "X")]
    before = before[breaks[-1] :] if breaks else before
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    lead = " ".join(plain_text(_LIST_ITEM.sub("", before, count=1).lstrip("#>| ")).split())
    tail = " ".join(plain_text(after).split())
    if lead and before[-1:].isspace():
        lead += " "
    if tail and after[:1].isspace():
        tail = " " + tail
    words = " ".join(words.split())
    return lead + words + tail, (len(lead), len(lead) + len(words))
