"""The garden bed drawn on the home page: a plant for each lesson, in order of time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.lessons import Lesson

WIDTH, MOST = 1200, 56


@dataclass(frozen=True, slots=True)
class Plant:
    """A lesson drawn: where it stands, how tall (1 is a page that nothing links to yet) and whether it is mirrored."""

    lesson: Lesson
    x: int
    scale: float
    mirrored: bool


def plants(indexes: Indexes) -> list[Plant]:
    """The lessons in order of their events, at most 56 of them evenly chosen; the more pages link to one, the taller."""
    lessons = sorted(
        (each for each in indexes.garden.lessons.values() if each.fields.date),
        key=lambda each: (each.fields.date.first if each.fields.date else None, each.slug),
    )
    if len(lessons) > MOST:
        lessons = [lessons[n * len(lessons) // MOST] for n in range(MOST)]
    step = WIDTH / (len(lessons) + 1)
    return [_plant(indexes, lesson, step * number, step) for number, lesson in enumerate(lessons, 1)]


def _plant(indexes: Indexes, lesson: Lesson, middle: float, step: float) -> Plant:
    # The slug decides the small irregularities, so that each build draws the same bed.
    chance = hashlib.sha256(lesson.slug.encode()).digest()
    aside = (chance[0] / 255 - 0.5) * min(step, 60) * 0.7
    height = 0.42 + 0.13 * min(len(indexes.links.to(lesson.path)), 7) + chance[1] / 255 * 0.2
    return Plant(lesson, round(middle + aside), round(height, 2), chance[2] % 2 == 0)
