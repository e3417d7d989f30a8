"""Pairs of dimensions: how many lessons come from each value of one and each value of another, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from knowledge_garden.indexes.facets import Facet, FacetValue
from knowledge_garden.model.garden import Garden

DIMENSIONS = 8  # of garden.yml, the first ones, that are paired
SHOWN = 12  # values of a dimension in a table
SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of lessons, and how dark it is shown: 0 for none to 5 for the most of the table."""

    number: int
    shade: int


@dataclass(frozen=True, slots=True)
class PairTable:
    """Rows are values of a dimension, columns those of the dimension `other`; `left_out` are values beyond the limit."""

    other: Facet
    columns: tuple[FacetValue, ...]
    rows: tuple[tuple[FacetValue, tuple[Cell, ...]], ...]
    left_out: int


def index_pairs(garden: Garden, facets: Mapping[str, Facet]) -> dict[str, tuple[PairTable, ...]]:
    """Dimension → its tables with the others. Pairs of which no lesson says both are left out."""
    paired = list(facets.values())[:DIMENSIONS]
    shown = {facet.key: _shown(facet) for facet in paired}
    counts: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for lesson in garden.lessons.values():
        origin = lesson.fields.origin
        keys = {
            facet.key: {step for value in origin.get(facet.key, ()) for step in facet.dimension.tree.path(value)}
            & shown[facet.key].keys()
            for facet in paired
        }
        for one, other in combinations(keys, 2):
            counts.setdefault((one, other), Counter()).update(
                (row, column) for row in keys[one] for column in keys[other]
            )
    tables: dict[str, list[PairTable]] = {facet.key: [] for facet in paired}
    for (one, other), counter in counts.items():
        if counter:
            turned = Counter({(column, row): number for (row, column), number in counter.items()})
            tables[one].append(_table(facets[one], facets[other], shown, counter))
            tables[other].append(_table(facets[other], facets[one], shown, turned))
    return {key: tuple(of_dimension) for key, of_dimension in tables.items()}


def _shown(facet: Facet) -> dict[str, FacetValue]:
    """The values that stand for a dimension: the widest of which there are several, those with most lessons first."""
    values = [value for value in facet.values if value.lessons]
    while len(values) == 1 and (parts := [part for part in values[0].parts if part.lessons]):
        values = parts
    return {value.key: value for value in values[:SHOWN]}


def _table(
    facet: Facet, other: Facet, shown: Mapping[str, Mapping[str, FacetValue]], counts: Counter[tuple[str, str]]
) -> PairTable:
    said = {row for row, _ in counts}, {column for _, column in counts}
    rows, columns = (
        {key: value for key, value in shown[of.key].items() if key in keys}
        for of, keys in zip((facet, other), said, strict=True)
    )
    most = max(counts.values())
    table = tuple((value, tuple(_cell(counts[row, column], most) for column in columns)) for row, value in rows.items())
    left_out = len(_beyond(facet)) + len(_beyond(other))
    return PairTable(other, tuple(columns.values()), table, left_out)


def _beyond(facet: Facet) -> list[FacetValue]:
    return [value for value in facet.values if value.lessons][SHOWN:]


def _cell(number: int, most: int) -> Cell:
    return Cell(number, -(-SHADES * number // most))
