"""Matches lessons with the people who hold what they are about: better silent than absurd."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.search.documents import Published
from knowledge_garden.search.index import SearchIndex
from knowledge_garden.search.needs import SHARED, Holder, HoldsEntry, holds_entries, terms_of
from knowledge_garden.search.ranking import word_of
from knowledge_garden.search.wording import cause_keys

COVERS = 60  # percent of what an entry of `holds` says, by the rarity of its words, that a lesson must speak of
MOST = 3


def match_holders(
    garden: Garden, index: SearchIndex, published: Published | None = None, *, limit: int = MOST
) -> dict[str, tuple[Holder, ...]]:
    """Lesson → who holds what it is about, best first; lessons without anybody are left out.

    A lesson is compared by its title, summary, tags and causes. An entry is looked at where the lesson has its rarest
    word, so that the time grows with the lessons and with the entries about rare things, not with their product.
    """
    by_rarest: dict[int, list[HoldsEntry]] = {}
    for entry in holds_entries(garden, index, published):
        if len(entry.terms) >= SHARED:
            by_rarest.setdefault(max(entry.terms, key=lambda term: (entry.terms[term], -term)), []).append(entry)
    matched = {slug: _match(garden, index, lesson, by_rarest, limit) for slug, lesson in garden.lessons.items()}
    return {slug: holders for slug, holders in matched.items() if holders}


def _match(
    garden: Garden,
    index: SearchIndex,
    lesson: Record[LessonFields],
    by_rarest: Mapping[int, list[HoldsEntry]],
    limit: int,
) -> tuple[Holder, ...]:
    fields = lesson.fields
    named = garden.settings.causes
    causes = (named[key].title for key in cause_keys(garden, fields) if key in named)
    about = terms_of(index, " ".join((fields.title, fields.summary, *fields.tags, *causes)))
    best: dict[str, Holder] = {}
    for holder in _holders(index, about, by_rarest):
        if holder.person not in best or holder.score > best[holder.person].score:
            best[holder.person] = holder
    return tuple(sorted(best.values(), key=lambda holder: (-holder.score, holder.person))[:limit])


def _holders(
    index: SearchIndex, about: Mapping[int, int], by_rarest: Mapping[int, list[HoldsEntry]]
) -> Iterator[Holder]:
    for rarest in about:
        for entry in by_rarest.get(rarest, ()):
            shared = [term for term in entry.terms if term in about]
            covered = sum(entry.terms[term] ** 2 for term in shared)
            score = int(100 * covered / entry.length**2)
            if score >= COVERS and len(shared) >= SHARED:
                words = sorted(shared, key=lambda term: (-entry.terms[term], term))
                yield Holder(entry.person, entry.holds, min(100, score), tuple(word_of(index, term) for term in words))
