"""The garden bed drawn on the home page: lessons as plants, each a link, in order of time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.failures import Lesson

LIMIT = 24  # what fits in one row on a desk, three on a telephone, with room for a finger at each


@dataclass(frozen=True, slots=True)
class Plant:
    """A lesson drawn. `scale`: a lesson that nothing links to is about half as tall (0.5) as the tallest (1.2)."""

    lesson: Lesson
    scale: float
    mirrored: bool


def plants(indexes: Indexes) -> list[Plant]:
    """The dated lessons in order of their events, at most 24 of them evenly chosen; more links make a plant taller."""
    dated = sorted(
        (lesson.fields.date.first, lesson.slug, lesson)
        for lesson in indexes.garden.lessons.values()
        if lesson.fields.date
    )
    if len(dated) > LIMIT:
        dated = [dated[number * len(dated) // LIMIT] for number in range(LIMIT)]
    return [_plant(indexes, lesson) for _, _, lesson in dated]


def _plant(indexes: Indexes, lesson: Lesson) -> Plant:
    # The slug decides the small irregularities, so that each build draws the same bed.
    chance = hashlib.sha256(lesson.slug.encode()).digest()
    height = 0.5 + 0.09 * min(len(indexes.links.to(lesson.path)), 6) + chance[0] / 255 * 0.16
    return Plant(lesson, round(height, 2), chance[1] % 2 == 0)
