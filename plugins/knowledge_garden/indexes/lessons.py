"""Lessons, and the order in which lists show them."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge_garden.model.garden import Record
from knowledge_garden.model.lesson import LessonFields

Lesson = Record[LessonFields]


def newest_first(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Lessons by the date of what happened, the undated last, then by title."""
    return sorted(
        lessons,
        key=lambda lesson: (
            -(lesson.fields.date.first.toordinal() if lesson.fields.date else 0),
            lesson.title.casefold(),
        ),
    )
