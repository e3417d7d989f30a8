"""The principles page shows each message at work: one sentence from this garden under the message's heading.

A message is recognised by the anchor of its heading (`## Value failure … {#failure}`), so the page can be reworded and
translated.
"""

from __future__ import annotations

import re

from knowledge_garden.indexes import Indexes
from knowledge_garden.model import addresses
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.proofs import PROOFS
from knowledge_garden.pages.templating import render

_HEADING = re.compile(r'<h2 id="([^"]+)"')


def with_proofs(html: str, indexes: Indexes, frame: Frame, path: str) -> str:
    """The text of the principles page with a sentence at the end of each message's section; that of other pages as it is."""
    if path != addresses.PRINCIPLES or "lifecycle" not in frame.features:
        return html
    parts: list[str] = []
    headings = list(_HEADING.finditer(html))
    starts = [heading.start() for heading in headings]
    ends = [*starts[1:], len(html)]
    parts.append(html[: starts[0]] if starts else html)
    for heading, start, end in zip(headings, starts, ends, strict=True):
        prove = PROOFS.get(heading[1])
        proof = prove(indexes) if prove else None
        parts.append(html[start:end])
        if proof is not None:
            parts.append(render("proof.html", indexes, frame, addresses.PRINCIPLES, proof=proof))
    return "".join(parts)
