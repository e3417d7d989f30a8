"""The sentence around a link, from the plain text of the paragraph that contains it."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[^a-z\s])")
_REACH = 500  # characters before and after a link in which its sentence is looked for


def sentence_around(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """The sentence around text[start:end], and the offsets of that part in it. White space becomes single spaces."""
    before, inside, after = text[max(0, start - _REACH) : start], text[start:end], text[end : end + _REACH]
    breaks = [match.end() for match in _SENTENCE_END.finditer(before + "X")]
    before = before[breaks[-1] :] if breaks else before
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    lead, inside, tail = _single(before).lstrip(), " ".join(inside.split()), _single(after).rstrip()
    return lead + inside + tail, (len(lead), len(lead) + len(inside))


def _single(text: str) -> str:
    """The text with single spaces, also at its ends where it has white space there."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{' '.join(text.split())}{tail}"
