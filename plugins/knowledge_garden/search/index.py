"""Builds the index: for every term its integer contribution to each document, and the words that lead to the term."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain

from knowledge_garden.model.garden import Garden
from knowledge_garden.search.collection import no_collection
from knowledge_garden.search.describing import documents_of
from knowledge_garden.search.documents import Document, Field, PageLinkText, Published
from knowledge_garden.search.thesaurus import Group, groups_of
from knowledge_garden.search.tokens import DEFAULT_LANGUAGE, WORD, fold, parts_of, raw_words
from knowledge_garden.search.weights import average_lengths, rarity, weigh
from knowledge_garden.search.word_terms import WordTerms

REPEATED = (Field.CAUSES, Field.NAMES, Field.COMMUNITY, Field.STAGE)  # whose texts many documents have
LONGEST_LIST = 2000  # a word of more documents keeps the ones it contributes most to; it tells little anyway


@dataclass(frozen=True, slots=True)
class Term:
    """A stem, or a phrase of the thesaurus (then `parts` are its stems' numbers).

    `rarity` is its inverse document frequency in hundredths. `postings` holds document << 8 | contribution, by
    document. `frequency` is the number of documents before a long list was cut.
    """

    name: str
    parts: tuple[int, ...]
    frequency: int
    rarity: int
    postings: array[int] = field(repr=False)
    surfaces: tuple[str, ...]


@dataclass(frozen=True)
class SearchIndex:
    """Everything that a question is answered from. Term 0 stands for none.

    `forward` holds for each document its terms and what they contribute, uncut. `averages`: field → mean length.
    `vocabulary`: folded word → numbers of its terms. `groups`: terms that mean much the same, the garden's own groups
    first; `own_groups` says how many those are. `joined`: terms that are only words with a hyphen written together.
    `phrases`: first stem → (stems, term) of each phrase.
    """

    documents: tuple[Document, ...] = field(repr=False)
    forward: tuple[tuple[array[int], bytes], ...] = field(repr=False)
    terms: tuple[Term, ...] = field(repr=False)
    vocabulary: Mapping[str, tuple[int, ...]] = field(repr=False)
    groups: tuple[tuple[int, ...], ...] = field(repr=False)
    own_groups: int
    phrases: Mapping[int, tuple[tuple[tuple[int, ...], int], ...]] = field(repr=False)
    joined: frozenset[int] = field(repr=False)
    languages: tuple[str, ...]
    averages: Mapping[Field, float] = field(repr=False)

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], int]:
        """(kind, key) → number of the document."""
        return {(document.kind.value, document.key): number for number, document in enumerate(self.documents)}

    @cached_property
    def groups_of_term(self) -> Mapping[int, tuple[int, ...]]:
        """Term → numbers of its groups."""
        groups: dict[int, list[int]] = {}
        for number, group in enumerate(self.groups):
            for term in group:
                groups.setdefault(term, []).append(number)
        return {term: tuple(numbers) for term, numbers in groups.items()}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The vocabulary in alphabetical order, for the beginnings of words and for typing errors."""
        return tuple(sorted(self.vocabulary))

    @property
    def highest_rarity(self) -> int:
        """The rarity of a word that no document has."""
        return rarity(0, len(self.documents))


def index_search(garden: Garden, published: Published, link_text: PageLinkText | None = None) -> SearchIndex:
    """Index the documents of a garden that `published` (content path → bool) lets through."""
    with no_collection():
        return build(documents_of(garden, published, link_text), garden.settings.synonyms)


def build(documents: Iterable[Document], own_groups: Iterable[Iterable[str]] = ()) -> SearchIndex:
    """Index documents. Linear in their words; the same documents always give the same numbers."""
    documents = tuple(documents)
    builder = _Builder(documents)
    own, default = groups_of(own_groups)
    groups = builder.add_groups((*own, *default))
    for number, document in enumerate(documents):
        builder.add(number, document)
    return builder.finish(groups, len(own))


class _Builder:
    def __init__(self, documents: tuple[Document, ...]) -> None:
        self.documents = documents
        self.numbers: dict[str, int] = {"": 0}
        self.names = [""]
        self.vocabulary: dict[str, set[int]] = {}
        self.languages = dict.fromkeys([*(document.language for document in documents), DEFAULT_LANGUAGE])
        self.postings: dict[int, array[int]] = {}
        self.forward: list[tuple[array[int], bytes]] = []
        self.phrases: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        self.words = {name: WordTerms(name, self.number, self.vocabulary, self.phrases) for name in self.languages}
        self.parts: dict[int, tuple[int, ...]] = {}
        self.average = average_lengths(documents)

    def number(self, name: str) -> int:
        number = self.numbers.get(name)
        if number is None:
            number = self.numbers[name] = len(self.names)
            self.names.append(name)
        return number

    def add_groups(self, groups: Sequence[Group]) -> tuple[tuple[int, ...], ...]:
        """The groups as numbers of terms; a member of several words becomes a phrase."""
        members = tuple(tuple(dict.fromkeys(filter(None, map(self._member, group)))) for group in groups)
        for words in self.words.values():
            words.mark_starts()
        return members

    def _member(self, member: str) -> int:
        words = self.words[DEFAULT_LANGUAGE]
        raws = WORD.findall(fold(member))
        stems = tuple(term for raw in raws if words[raw] for term in words.apart[raw])
        if len(stems) < 2:
            # "up to date" must not come to mean "date": what small words leave of a phrase stands for nothing.
            return stems[0] if stems and sum(len(parts_of(raw)[0]) for raw in raws) == 1 else 0
        number = self.number(" ".join(self.names[term] for term in stems))
        if number not in self.parts:
            self.parts[number] = stems
            self.phrases.setdefault(stems[0], []).append((stems, number))
        return number

    def add(self, number: int, document: Document) -> None:
        """Keep what each term contributes to a document."""
        words, shifted = self.words[document.language], number << 8
        weighed = weigh(document, self.average, partial(self._count, words=words))
        for term, contribution in weighed.items():
            postings = self.postings.get(term)
            if postings is None:
                postings = self.postings[term] = array("I")
            postings.append(shifted | contribution)
        self.forward.append((array("I", weighed), bytes(weighed.values())))

    def _count(self, name: Field, text: str, share: float, total: dict[int, float], words: WordTerms) -> None:
        """Add `share` for every occurrence of a term in a field's text. Texts that many documents have are counted once."""
        if name not in REPEATED:
            self._count_text(text, share, total, words)
            return
        counts = words.counted.get(text)
        if counts is None:
            counts = words.counted[text] = {}
            self._count_text(text, 1.0, counts, words)
        for term, number in counts.items():
            total[term] = total.get(term, 0.0) + share * number

    def _count_text(self, text: str, share: float, total: dict[int, float], words: WordTerms) -> None:
        raws = raw_words(text)
        # Different words are fewer than words, and counting is done in C.
        counts = Counter(raws)
        for raw, number in counts.items():
            for term in words[raw]:
                total[term] = total.get(term, 0.0) + share * number
        sequence: list[int] = []
        for first in {first for raw in words.starts.intersection(counts) for first in words[raw]}:
            for stems, number in self.phrases.get(first, ()):
                # Most of a text's words begin some phrase; few texts have all words of one.
                if stems[-1] in total and all(stem in total for stem in stems):
                    sequence = sequence or list(chain.from_iterable(map(words.apart.__getitem__, raws)))
                    if occurrences := _occurrences(sequence, stems):
                        total[number] = total.get(number, 0.0) + share * occurrences

    def finish(self, groups: tuple[tuple[int, ...], ...], own: int) -> SearchIndex:
        surfaces: dict[int, list[str]] = {}
        for word, numbers in sorted(self.vocabulary.items()):
            for number in numbers:
                surfaces.setdefault(number, []).append(word)
        count = len(self.documents)
        alone = {term for words in self.words.values() for term in words.alone}
        terms = []
        for number, name in enumerate(self.names):
            postings = self.postings.pop(number, array("I"))
            frequency = len(postings)
            kept = _strongest(postings) if frequency > LONGEST_LIST else postings
            forms = tuple(surfaces.get(number, ()))
            terms.append(Term(name, self.parts.get(number, ()), frequency, rarity(frequency, count), kept, forms))
        return SearchIndex(
            documents=self.documents,
            forward=tuple(self.forward),
            terms=tuple(terms),
            vocabulary={word: tuple(sorted(numbers)) for word, numbers in self.vocabulary.items()},
            groups=groups,
            own_groups=own,
            phrases={first: tuple(phrases) for first, phrases in self.phrases.items()},
            joined=frozenset({term for words in self.words.values() for term in words.together} - alone),
            languages=tuple(self.languages),
            averages=self.average,
        )


def weigh_other(index: SearchIndex, document: Document) -> dict[int, int]:
    """What the terms of the index contribute to a document that is not in it, such as a draft."""

    def count(_: Field, text: str, share: float, total: dict[int, float]) -> None:
        for raw in WORD.findall(fold(text)):
            for word in parts_of(raw)[0]:
                for term in index.vocabulary.get(word, ()):
                    total[term] = total.get(term, 0.0) + share

    return weigh(document, index.averages, count)


def _occurrences(sequence: list[int], stems: tuple[int, ...]) -> int:
    """How often some terms follow each other."""
    first, length, count, position = stems[0], len(stems), 0, -1
    for _ in range(sequence.count(first)):
        position = sequence.index(first, position + 1)
        count += tuple(sequence[position : position + length]) == stems
    return count


def _strongest(postings: array[int]) -> array[int]:
    """The postings with the highest contributions, by document; of equal ones the first documents."""
    chosen = sorted(postings, key=lambda posting: (-(posting & 255), posting))[:LONGEST_LIST]
    return array("I", sorted(chosen))
