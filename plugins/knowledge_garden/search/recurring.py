"""Finds lessons that may be about the same failure, happened again, though neither names the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.search.similar import Likeness, Similar

ALIKE = 32  # percent: twice the likeness from which a lesson is called similar
WORDS = 3  # telling words that both must have


@dataclass(frozen=True, slots=True)
class PossibleRecurrence:
    """Two lessons that share causes, a community and words. `later` is the one that could name `earlier` in recurs."""

    later: Lesson
    earlier: Lesson
    similar: Similar


def possible_recurrences(
    lessons: Iterable[Lesson], likeness: Likeness, linked: Callable[[Lesson], Collection[str]]
) -> Iterator[PossibleRecurrence]:
    """Pairs of these lessons (those that are not successes), each pair once, the later lesson first; most alike first.

    Only lessons with a date: without one nobody can say which came back. `linked`: the slugs that a lesson's page names, or that name it. The work grows with the number of lessons.
    """
    by_slug = {lesson.slug: lesson for lesson in lessons if lesson.fields.date}
    pairs: dict[tuple[str, str], PossibleRecurrence] = {}
    for slug, lesson in by_slug.items():
        for similar in likeness.of(slug, linked(lesson)):
            other = by_slug.get(similar.document.key)
            if other is None or lesson.fields.sample != other.fields.sample or not _alike(lesson, other, similar):
                continue
            earlier, later = sorted((lesson, other), key=_happened)
            pairs.setdefault((later.slug, earlier.slug), PossibleRecurrence(later, earlier, similar))
    yield from sorted(pairs.values(), key=lambda pair: (-pair.similar.score, pair.later.slug, pair.earlier.slug))


def _alike(lesson: Lesson, other: Lesson, similar: Similar) -> bool:
    together = set(lesson.fields.communities) & set(other.fields.communities)
    return bool(similar.causes and together) and similar.score >= ALIKE and len(similar.words) >= WORDS


def _happened(lesson: Lesson) -> tuple[int, str]:
    return lesson.fields.date.first.toordinal() if lesson.fields.date else 0, lesson.slug
