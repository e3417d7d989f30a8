"""Reads a question: the terms that each of its words can stand for, and how much a match of each is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge_garden.search.index import SearchIndex
from knowledge_garden.search.spelling import MOST, beginning_with, distance, nearest
from knowledge_garden.search.tokens import WORD, fold, guess_language, other_forms, parts_of, stopwords


class How(StrEnum):
    """In what way a term answers a word of the question."""

    WORD = "word"
    SYNONYM = "synonym"
    CORRECTED = "corrected"
    BEGINNING = "beginning"


# Tenths of the asker's own word. A synonym of the garden's own is surer than one of the shipped thesaurus.
FULL_WEIGHT = 10
OWN_SYNONYM = 7
SYNONYM = 5
CORRECTED = 8
CORRECTED_TWICE = 5  # with two typing errors, which may well be another word
BEGINNING = 7
LONGEST_QUESTION = 40  # words; what follows is passed over
SHORTEST_BEGINNING = 3
MOST_SYNONYMS = 8  # per word, the rarest passed over


@dataclass(frozen=True, slots=True)
class Alternative:
    """A term that answers, its worth (a product of weight and rarity), and in what way it answers."""

    term: int
    worth: int
    how: How


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the question with the terms that answer it. `rarity` says how much it tells, in hundredths."""

    text: str
    rarity: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One word of the question, or several that are a phrase: `phrase` answers all of them together."""

    concepts: tuple[Concept, ...]
    phrase: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood."""

    text: str
    language: str
    units: tuple[Unit, ...]

    @property
    def concepts(self) -> tuple[Concept, ...]:
        return tuple(concept for unit in self.units for concept in unit.concepts)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with the terms of its own form (or of its corrections) and how they were found."""

    text: str
    terms: tuple[int, ...]
    how: How
    weight: int


def read_question(index: SearchIndex, text: str, *, unfinished: bool = False) -> Question:
    """Read a question in the words of the garden. `unfinished`: its last word is still being typed."""
    folded = fold(text)
    raws = [part for raw in WORD.findall(folded) for part in parts_of(raw)[0]]
    language = guess_language(raws, index.languages)
    small = stopwords(language)
    open_end = unfinished and bool(raws) and folded.endswith(raws[-1])
    words: list[_Word] = []
    for position, part in enumerate(raws[:LONGEST_QUESTION]):
        if part not in small:
            words.append(_resolve(index, part, last=open_end and position == len(raws) - 1))
    return Question(text, language, tuple(_units(index, words)))


def _frequency(index: SearchIndex, word: str) -> int:
    return max(index.terms[term].frequency for term in index.vocabulary[word])


def _resolve(index: SearchIndex, part: str, *, last: bool) -> _Word:
    """The terms of a word: of itself, of another form of it, of what begins with it, or of what it was meant to be."""
    if part in index.vocabulary:
        return _Word(part, index.vocabulary[part], How.WORD, FULL_WEIGHT)
    for form in other_forms(part):
        if _leads(index, form):
            return _Word(part, index.vocabulary[form], How.WORD, FULL_WEIGHT)
    if last and len(part) >= SHORTEST_BEGINNING:
        longer = [word for word in beginning_with(index.words, part) if _frequency(index, word)]
        longer.sort(key=lambda word: (-_frequency(index, word), word))
        if longer:
            return _Word(part, _terms(index, longer), How.BEGINNING, BEGINNING)
    close = nearest(index.words, part, lambda word: _frequency(index, word))
    weight = CORRECTED if close and distance(part, close[0], 1) == 1 else CORRECTED_TWICE
    return _Word(part, _terms(index, [word for word in close if _leads(index, word)]), How.CORRECTED, weight)


def _leads(index: SearchIndex, word: str) -> bool:
    """Whether the garden has a word, or another that means much the same."""
    terms = index.vocabulary.get(word, ())
    return any(index.terms[term].frequency for term in terms) or bool(_synonyms(index, terms))


def _terms(index: SearchIndex, words: list[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(term for word in words for term in index.vocabulary[word]))[:MOST]


def _units(index: SearchIndex, words: list[_Word]) -> Iterator[Unit]:
    seen: set[int] = set()
    position = 0
    while position < len(words):
        length, phrase = _phrase_at(index, words, position)
        part = words[position : position + length]
        position += length
        fresh = [word for word in part if not word.terms or word.terms[0] not in seen]
        seen.update(word.terms[0] for word in fresh if word.terms)
        if fresh:
            concepts = tuple(_concept(index, word) for word in fresh)
            yield Unit(concepts, _phrase(index, phrase, sum(concept.rarity for concept in concepts)))


def _phrase_at(index: SearchIndex, words: list[_Word], start: int) -> tuple[int, tuple[int, ...]]:
    """How many words from `start` are a phrase, and the terms that stand for it; (1, ()) where none begins there."""
    stems = [word.terms[0] if word.terms else 0 for word in words[start:]]
    best: tuple[int, tuple[int, ...]] = (1, ())
    for parts, term in index.phrases.get(stems[0], ()):
        if tuple(stems[: len(parts)]) == parts and len(parts) > best[0]:
            best = (len(parts), (term,))
    if len(stems) > 1 and best[0] <= 2:
        together = index.vocabulary.get(words[start].text + words[start + 1].text, ())
        if together:
            best = (2, (*best[1], *together))
    return best


def _concept(index: SearchIndex, word: _Word) -> Concept:
    own = [term for term in word.terms if index.terms[term].frequency]
    others = _synonyms(index, word.terms)
    ceiling = max((index.terms[term].rarity for term in own), default=0)
    alternatives = [Alternative(term, word.weight * index.terms[term].rarity, word.how) for term in own]
    for term, weight in others:
        worth = min(index.terms[term].rarity, ceiling or index.highest_rarity) * weight * word.weight // FULL_WEIGHT
        alternatives.append(Alternative(term, worth, How.SYNONYM))
    rarity = ceiling or max((index.terms[term].rarity for term, _ in others), default=index.highest_rarity)
    return Concept(word.text, rarity, tuple(alternatives))


def _phrase(index: SearchIndex, terms: tuple[int, ...], ceiling: int) -> tuple[Alternative, ...]:
    """What answers a whole phrase. It may be worth as much as its words together, up to twice its own rarity."""
    answers = [(term, FULL_WEIGHT, How.WORD) for term in terms if index.terms[term].frequency]
    answers += [(term, weight, How.SYNONYM) for term, weight in _synonyms(index, terms)]
    return tuple(
        Alternative(term, min(ceiling, 2 * index.terms[term].rarity) * weight, how) for term, weight, how in answers
    )


def _synonyms(index: SearchIndex, terms: tuple[int, ...]) -> list[tuple[int, int]]:
    """Other terms of the groups of `terms` that the garden has, with their weight; the commonest, in a fixed order."""
    synonyms: dict[int, int] = {}
    for term in terms:
        for group in index.groups_of_term.get(term, ()):
            weight = OWN_SYNONYM if group < index.own_groups else SYNONYM
            for other in index.groups[group]:
                if other not in terms and index.terms[other].frequency:
                    synonyms[other] = max(weight, synonyms.get(other, 0))
    chosen = sorted(synonyms.items(), key=lambda pair: (-pair[1], -index.terms[pair[0]].frequency, pair[0]))
    return chosen[:MOST_SYNONYMS]
