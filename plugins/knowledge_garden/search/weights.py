"""How much a word counts in a document: BM25F, in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from knowledge_garden.search.documents import Document, Field

# BM25F: how much a word counts in each field, and how strongly a field's length tells against it (0 to 1).
WEIGHTS: Mapping[Field, tuple[float, float]] = {
    Field.TITLE: (4.0, 0.3),
    Field.ALIASES: (3.0, 0.3),
    Field.TAGS: (3.0, 0.3),
    Field.SUMMARY: (3.0, 0.3),
    Field.CAUSES: (0.4, 0.5),
    Field.NAMES: (1.5, 0.3),
    Field.HEADINGS: (1.5, 0.3),
    Field.BODY: (1.0, 0.6),
    Field.COMMUNITY: (0.5, 0.3),
    Field.STAGE: (0.5, 0.3),
}
SATURATION = 1.2
RARITY_UNIT = 100  # rarity is kept as an integer: hundredths
FULL = 255  # the contribution of a word that could not be more frequent


def weigh(
    document: Document, averages: Mapping[Field, float], count: Callable[[Field, str, float, dict[int, float]], None]
) -> dict[int, int]:
    """Term → contribution (1 to 255) to a document: its words, each field by its weight and length.

    `averages` are the mean lengths of fields; `count` adds a share for every occurrence of a term in a field's text.
    """
    total: dict[int, float] = {}
    for name, text in document.texts:
        weight, slope = WEIGHTS[name]
        share = weight / (1 - slope + slope * len(text) / averages.get(name, len(text)))
        count(name, text, share, total)
    full = document.prior * FULL / 100
    return {term: round(full * value / (value + SATURATION)) or 1 for term, value in total.items()}


def average_lengths(documents: Iterable[Document]) -> dict[Field, float]:
    """Field → mean length in characters among the documents that have it."""
    lengths: dict[Field, list[int]] = {}
    for document in documents:
        for name, text in document.texts:
            lengths.setdefault(name, []).append(len(text))
    return {name: sum(of_field) / len(of_field) for name, of_field in lengths.items()}


def rarity(frequency: int, documents: int) -> int:
    """The inverse document frequency of BM25, in hundredths."""
    return round(RARITY_UNIT * math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5)))
