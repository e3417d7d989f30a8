"""Failures that came back: lessons joined by `recurs`."""

from __future__ import annotations

from knowledge_garden.indexes.lessons import Lesson, newest_first
from knowledge_garden.model.garden import Garden


def recurrence_chains(garden: Garden) -> tuple[tuple[Lesson, ...], ...]:
    """Lessons joined by `recurs`, each group once, oldest first; the groups by their first slug."""
    leader: dict[str, str] = {}

    def find(slug: str) -> str:
        root = slug
        while leader.get(root, root) != root:
            root = leader[root]
        while leader.get(slug, slug) != root:
            leader[slug], slug = root, leader[slug]
        return root

    for slug, lesson in garden.lessons.items():
        for earlier in lesson.fields.recurs:
            if earlier in garden.lessons and earlier != slug:
                one, other = sorted((find(slug), find(earlier)))
                leader[one] = leader[other] = one
    groups: dict[str, list[Lesson]] = {}
    for slug in leader:
        groups.setdefault(find(slug), []).append(garden.lessons[slug])
    return tuple(tuple(reversed(newest_first(members))) for _, members in sorted(groups.items()))
