"""Matches needs with the people who hold the knowledge, and with lessons: better silent than absurd."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge_garden.model.garden import Garden
from knowledge_garden.search.documents import DocumentKind, Field, Published
from knowledge_garden.search.index import SearchIndex
from knowledge_garden.search.question import FULL_WEIGHT, Concept, How, read_question
from knowledge_garden.search.ranking import Result, search, word_of
from knowledge_garden.search.tokens import DEFAULT_LANGUAGE, stopwords, words_of

# Set on the labelled needs of tests/evaluation, so that what is shown fits; much that would fit is not shown.
HOLDS = 35  # percent of likeness between a need and what somebody holds, below which nothing is said
SHARED = 2  # of the need's own words that must agree: one alone ("funding"), or a synonym, says too little
BESIDE = 80  # percent of the best holder's likeness that another must have
LESSON = 50  # percent of the ideal score that a lesson must have
COVERED = 30  # percent of what the need tells that a lesson's title, summary and tags must have
HEAD_WORDS = 2  # words of the need that these must have, one of them as it was written
LEAD = 83  # percent of its points that the next lesson may have: where several come equally near, none stands out
COMMON = 500  # lessons that have a word, above which it points at none of them
MOST = 3
HEAD = (Field.TITLE, Field.SUMMARY, Field.TAGS)
# Words by which a need is put. They say nothing of what is needed.
ASKING = frozenset(
    [
        "account",
        "accounts",
        "advice",
        "anybody",
        "anyone",
        "case",
        "cases",
        "example",
        "examples",
        "experience",
        "experiences",
        "explanation",
        "explanations",
        "first",
        "firsthand",
        "hand",
        "help",
        "idea",
        "ideas",
        "lesson",
        "lessons",
        "mentor",
        "partner",
        "people",
        "person",
        "practical",
        "simple",
        "somebody",
        "someone",
        "story",
        "stories",
        "team",
        "teams",
        "tip",
        "tips",
        "way",
        "ways",
    ]
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds what is needed: slug, the entry of `holds`, percent of likeness, and the words that agree."""

    person: str
    holds: str
    score: int
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedMatch:
    """A need, of a person or a community (slug), with who and what can help, best first. Often there is nobody."""

    asker: str
    need: str
    people: tuple[Holder, ...]
    lessons: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class HoldsEntry:
    """What somebody (slug) holds: the text, its terms and how much each tells, and the length of the whole."""

    person: str
    holds: str
    terms: Mapping[int, int]
    length: float


def match_needs(
    garden: Garden,
    index: SearchIndex,
    needs: Iterable[tuple[str, str]],
    published: Published | None = None,
    *,
    limit: int = MOST,
) -> list[NeedMatch]:
    """Match needs (owner's slug, text), in their order. Linear in the needs, and in the entries that share a word.

    Nobody is matched with a need of their own. `published` (content path → bool) leaves people out.
    """
    entries = holds_entries(garden, index, published)
    by_term: dict[int, list[int]] = {}
    for number, entry in enumerate(entries):
        for term in entry.terms:
            by_term.setdefault(term, []).append(number)
    return [_match(index, owner, need, entries, by_term, limit) for owner, need in needs]


def holds_entries(garden: Garden, index: SearchIndex, published: Published | None = None) -> list[HoldsEntry]:
    """Every entry of `holds` of the people who are shown, with its terms."""
    return [
        _entry(index, record.slug, holds)
        for record in garden.people.values()
        if published is None or published(record.path)
        for holds in record.fields.holds
    ]


def _entry(index: SearchIndex, person: str, holds: str) -> HoldsEntry:
    terms = terms_of(index, holds)
    return HoldsEntry(person, holds, terms, math.sqrt(sum(value * value for value in terms.values())))


def terms_of(index: SearchIndex, text: str) -> dict[int, int]:
    """The terms of a text and how much each tells. A word that the garden does not have tells nothing here."""
    small = stopwords(DEFAULT_LANGUAGE)
    words = (word for word in words_of(text) if word not in small)
    return {term: index.terms[term].rarity for word in words for term in index.vocabulary.get(word, ())}


def _asked(index: SearchIndex, need: str) -> tuple[Concept, ...]:
    """The words of a need that say what is needed; all of them where there are no others."""
    concepts = read_question(index, need).concepts
    return tuple(concept for concept in concepts if concept.text not in ASKING) or concepts


def _match(
    index: SearchIndex, owner: str, need: str, entries: list[HoldsEntry], by_term: Mapping[int, list[int]], limit: int
) -> NeedMatch:
    weights: dict[int, int] = {}
    own: set[int] = set()
    concepts = _asked(index, need)
    for concept in concepts:
        for alternative in concept.alternatives:
            worth = alternative.worth // FULL_WEIGHT
            weights[alternative.term] = max(worth, weights.get(alternative.term, 0))
            if alternative.how is How.WORD:
                own.add(alternative.term)
    length = math.sqrt(sum(concept.rarity**2 for concept in concepts)) or 1.0
    points: Counter[int] = Counter()
    for term, weight in weights.items():
        for number in by_term.get(term, ()):
            points[number] += weight * entries[number].terms[term]
    people: dict[str, Holder] = {}
    for number, value in sorted(points.items()):
        entry = entries[number]
        score = min(100, int(100 * value / (length * entry.length)))
        shared = sorted((term for term in weights if term in entry.terms), key=lambda term: (-weights[term], term))
        best = people.get(entry.person)
        enough = score >= HOLDS and len(own & entry.terms.keys()) >= SHARED and entry.person != owner
        if enough and (best is None or score > best.score):
            words = tuple(word_of(index, term) for term in shared)
            people[entry.person] = Holder(entry.person, entry.holds, score, words)
    ranked = sorted(people.values(), key=lambda holder: (-holder.score, holder.person))
    chosen = [holder for holder in ranked if holder.score * 100 >= BESIDE * ranked[0].score]
    return NeedMatch(owner, need, tuple(chosen[:limit]), _lessons(index, need, concepts))


def _lessons(index: SearchIndex, need: str, concepts: tuple[Concept, ...]) -> tuple[Result, ...]:
    """The lesson that answers a need, where one stands out and says so in its title, summary or tags."""
    if all(_is_common(index, concept) for concept in concepts):
        return ()  # no lesson stands out by words that hundreds have, and to compare these would take long
    answer = search(index, need, limit=2, keep=lambda number: index.documents[number].kind is DocumentKind.LESSON)
    first, *others = answer.results or (None,)
    if first is None or first.score < LESSON or any(other.points * 100 > LEAD * first.points for other in others):
        return ()
    return (first,) if _in_head(index, first, concepts) else ()


def _is_common(index: SearchIndex, concept: Concept) -> bool:
    return any(index.terms[alternative.term].frequency > COMMON for alternative in concept.alternatives)


def _in_head(index: SearchIndex, result: Result, concepts: tuple[Concept, ...]) -> bool:
    """Whether the parts that say what a lesson is about have enough of a need. Other words count by their worth."""
    head: set[int] = set()
    for name, text in result.document.texts:
        if name in HEAD:
            head.update(term for word in words_of(text) for term in index.vocabulary.get(word, ()))
    words, own, covered = 0, 0, 0
    for concept in concepts:
        answers = [alternative for alternative in concept.alternatives if alternative.term in head]
        words += bool(answers)
        own += any(answer.how is How.WORD for answer in answers)
        covered += max((min(answer.worth // FULL_WEIGHT, concept.rarity) for answer in answers), default=0)
    total = sum(concept.rarity for concept in concepts)
    return words >= HEAD_WORDS and own > 0 and covered * 100 >= COVERED * total
