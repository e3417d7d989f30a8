"""The plain words of Markdown, and the sentence around a link, for backlinks."""

from __future__ import annotations

import re

WIKI = re.compile(r"(?<![\\!])\[\[(?=[^\[\]|\n]*[^\[\]|\s])([^\[\]|\n]+?)(?:\|([^\[\]\n]+?))?\]\](?!\()")
_LINK = re.compile(
    r"(?<!\\)(!?)\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+\])*+)\]"
    r"(?:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)|\[[^\[\]\n]*+\](?!\())"
)
_MARKUP = re.compile(
    r"(?P<ticks>`+)(?P<code>[^`\n]{1,500}?|.{1,500}?[^`])(?P=ticks)(?!`)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()>#+.!|~:^<-])"
    r"|(?<!\w)(?P<mark>_{1,3})(?=\S)(?P<stressed>.{1,500}?)(?<=\S)(?P=mark)(?!\w)"
    r"|<!--.*?-->|\[\^[^\[\]\s]+\]|<(?P<address>https?://[^<>\s]*)>|</?[a-zA-Z][^<>]*>"
    r"|[*`]{1,3}(?=\S)|(?<=\S)[*`]{1,3}",
    re.S,
)
_LIST_ITEM = re.compile(r"\A[ \t]*(?:[-*+]|\d+[.)])[ \t]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[^a-z\s])")
# Where a sentence ends at the latest: an empty line, a list item, a heading, a quotation, a row of a table.
_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)]|#{1,6}|\||>)[ \t])")
_REACH = 500  # characters before and after a link in which its sentence is looked for


def plain_text(written: str) -> str:
    """A line of Markdown without its markup: the words of links, no emphasis, no tags, no pictures."""
    if "[" in written:
        written = WIKI.sub(lambda found: found[2] or found[1], written)
        written = _LINK.sub(lambda found: "" if found[1] else plain_text(found[2]), written)
    return _MARKUP.sub(_unmarked, written).strip()


def _unmarked(found: re.Match[str]) -> str:
    if found["stressed"] is not None:
        return plain_text(found["stressed"])
    return (found["code"] or "").strip() or found["escaped"] or found["address"] or ""


def _spoken(found: re.Match[str]) -> str:
    page, _, anchor = found[1].strip().partition("#")
    return found[2] or (page.rpartition("/")[2] or anchor).replace("-", " ")


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
    # Other pages' titles are not known here: [[gimli-glider]] without words of its own is spoken "gimli glider".
    before, after = (WIKI.sub(_spoken, part) if "[[" in part else part for part in (before, after))
    lead = " ".join(plain_text(_LIST_ITEM.sub("", before).lstrip("#>| ")).split())
    tail = " ".join(plain_text(after).split())
    if lead and before[-1:].isspace():
        lead += " "
    if tail and after[:1].isspace():
        tail = " " + tail
    words = " ".join(words.split())
    return lead + words + tail, (len(lead), len(lead) + len(words))
