"""The index as files for the browser, which loads those that a question needs, adds up and sorts as Python does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from knowledge_garden.search import question, ranking, spelling, tokens
from knowledge_garden.search.collection import no_collection
from knowledge_garden.search.documents import Document
from knowledge_garden.search.index import SearchIndex, Term
from knowledge_garden.search.weights import FULL

FORM = 1  # of the files; the browser refuses another
MANIFEST = "search/index.json"
VOCABULARY_BLOCK = 6_000  # characters of words in one file
ADDRESS_BLOCK = 6_000  # characters of addresses in one file
TERM_BLOCK = 2_500  # numbers in one file
DOCUMENTS_PER_FILE = 1
SHOWN_LABELS = ("outcome", "outcomeKind", "community")  # that every result needs; facets.json holds the others
Labels = Mapping[str, Mapping[str, str]]


def search_files(index: SearchIndex, url: Callable[[str], str], labels: Labels | None = None) -> dict[str, bytes]:
    """Path in the site → bytes of every file. `url`: content path → address of its page, relative to the site.

    `labels`: facet → value → what readers call it, and "outcomeKind": outcome → what it counts as. All files but the first, `MANIFEST`, lie in a folder named after
    their content, so that a reader whose page is older than the site never mixes two indexes.
    """
    with no_collection():
        return _search_files(index, url, labels or {})


def _search_files(index: SearchIndex, url: Callable[[str], str], labels: Labels) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    words = _blocks("words", files, _vocabulary(index))
    terms = _blocks("terms", files, _terms(index))
    urls = [url(document.path) for document in index.documents]
    addresses = _blocks("addresses", files, _addresses(urls))
    for number in range(0, len(index.documents), DOCUMENTS_PER_FILE):
        group = slice(number, number + DOCUMENTS_PER_FILE)
        files[f"documents/{number // DOCUMENTS_PER_FILE}.json"] = _json(
            list(map(_document, index.documents[group], urls[group]))
        )
    files["groups.json"] = _json(_groups(index))
    files["facets.json"] = _json(_facets(index, labels))
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        digest.update(path.encode() + b"\0" + content)
    version = digest.hexdigest()[:12]
    manifest = {
        "form": FORM,
        "folder": f"search/{version}/",
        "documents": len(index.documents),
        "documentsPerFile": DOCUMENTS_PER_FILE,
        "words": words,
        "terms": terms,
        "addresses": addresses,
        "labels": {name: labels.get(name, {}) for name in SHOWN_LABELS},
        "languages": index.languages,
        "stopwords": {name: sorted(tokens.stopwords(name)) for name in index.languages},
        "highestRarity": index.highest_rarity,
        "constants": constants(),
    }
    return {MANIFEST: _json(manifest), **{f"search/{version}/{path}": content for path, content in files.items()}}


def constants() -> dict[str, Any]:
    """What the browser must do alike, so that each number has one home."""
    return {
        "full": FULL,
        "fullWeight": question.FULL_WEIGHT,
        "ownSynonym": question.OWN_SYNONYM,
        "synonym": question.SYNONYM,
        "corrected": question.CORRECTED,
        "correctedTwice": question.CORRECTED_TWICE,
        "beginning": question.BEGINNING,
        "longestQuestion": question.LONGEST_QUESTION,
        "shortestBeginning": question.SHORTEST_BEGINNING,
        "mostSynonyms": question.MOST_SYNONYMS,
        "most": spelling.MOST,
        "shortest": spelling.SHORTEST,
        "shortestForTwo": spelling.SHORTEST_FOR_TWO,
        "candidates": ranking.CANDIDATES,
        "claimed": ranking.CLAIMED,
        "shown": ranking.SHOWN,
        "telling": ranking.TELLING,
        "nearest": ranking.NEAREST,
        "near": ranking.NEAR,
        "adjacent": ranking.ADJACENT,
        "letters": tokens.LETTERS,
        "endings": tokens.ENDINGS,
        "added": tokens.ADDED,
        "withY": tokens.WITH_Y,
        "shortestBase": tokens.SHORTEST_BASE,
        "longestWord": tokens.LONGEST_WORD,
    }


_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _json(value: object) -> bytes:
    # Without a sign that could begin a tag, in whatever a file of JSON may be put some day.
    return _ENCODE(value).replace("<", "\\u003c").encode()


def _blocks(name: str, files: dict[str, bytes], blocks: Iterator[tuple[Any, object]]) -> list[Any]:
    """Write blocks into files name/0.json, …, and return what each begins with."""
    firsts: list[Any] = []
    for first, content in blocks:
        files[f"{name}/{len(firsts)}.json"] = _json(content)
        firsts.append(first)
    return firsts


def _vocabulary(index: SearchIndex) -> Iterator[tuple[str, object]]:
    """Blocks of neighbouring words: the words, the terms of each (a number, or a list), and how frequent they are."""
    block: list[str] = []
    size = 0
    for word in index.words:
        if size > VOCABULARY_BLOCK:
            yield block[0], _words(index, block)
            block, size = [], 0
        block.append(word)
        size += len(word) + 1
    if block:
        yield block[0], _words(index, block)


def _words(index: SearchIndex, block: list[str]) -> object:
    terms = [index.vocabulary[word] for word in block]
    return {
        "words": " ".join(block),
        "terms": [of_word[0] if len(of_word) == 1 else of_word for of_word in terms],
        "frequencies": [max(index.terms[term].frequency for term in of_word) for of_word in terms],
    }


def _terms(index: SearchIndex) -> Iterator[tuple[int, object]]:
    """Blocks of terms by number; one of a long list may fill a block of its own."""
    block: list[object] = []
    first, size = 0, 0
    for number, term in enumerate(index.terms):
        length = 2 * len(term.postings) + 4
        if block and size + length > TERM_BLOCK:
            yield first, block
            block, first, size = [], number, 0
        block.append(_term(index, term))
        size += length
    yield first, block


def _term(index: SearchIndex, term: Term) -> object:
    """[frequency, rarity, forms, postings]: forms are words, or for a phrase lists of words; in postings documents,
    counted from the one before, alternate with contributions."""
    forms: object = [index.terms[part].surfaces for part in term.parts] if term.parts else term.surfaces
    postings, before = [], 0
    for posting in term.postings:
        document = posting >> 8
        postings += [document - before, posting & 255]
        before = document
    return [term.frequency, term.rarity, forms, postings]


def _addresses(urls: list[str]) -> Iterator[tuple[str, object]]:
    """Blocks of neighbouring addresses: address → number of the document."""
    block: dict[str, int] = {}
    size = 0
    for address, number in sorted((address, number) for number, address in enumerate(urls)):
        if size > ADDRESS_BLOCK:
            yield next(iter(block)), block
            block, size = {}, 0
        block[address] = number
        size += len(address)
    if block:
        yield next(iter(block)), block


def _document(document: Document, url: str) -> object:
    sections: list[tuple[str, str, list[str]]] = []
    for sentence in document.sentences:
        if not sections or sections[-1][:2] != (sentence.heading, sentence.field):
            sections.append((sentence.heading, sentence.field, []))
        sections[-1][2].append(sentence.text)
    return {
        "kind": document.kind,
        "key": document.key,
        "url": url,
        "title": document.title,
        "summary": document.summary,
        "language": document.language,
        "prior": document.prior,
        "facets": dict(document.facets),
        "sections": sections,
    }


def _groups(index: SearchIndex) -> object:
    members = sorted({term for group in index.groups for term in group})
    return {
        "groups": index.groups,
        "own": index.own_groups,
        "members": members,
        "frequencies": [index.terms[term].frequency for term in members],
        "phrases": [[parts, term] for phrases in index.phrases.values() for parts, term in phrases],
    }


def _facets(index: SearchIndex, labels: Labels) -> object:
    """Facet → its values with their labels, and for each document the numbers of its values."""
    names = dict.fromkeys(name for document in index.documents for name in document.facets)
    columns = {"kind": _column([(document.kind.value,) for document in index.documents], labels.get("kind", {}))}
    for name in names:
        columns[name] = _column([document.facets.get(name, ()) for document in index.documents], labels.get(name, {}))
    return columns


def _column(values: list[tuple[str, ...]], labels: Mapping[str, str]) -> dict[str, object]:
    numbers = {value: number for number, value in enumerate(sorted({value for row in values for value in row}))}
    rows = [[numbers[value] for value in row] for row in values]
    return {
        "values": list(numbers),
        "labels": [labels.get(value, value) for value in numbers],
        "documents": [row[0] if len(row) == 1 else row for row in rows],
    }
