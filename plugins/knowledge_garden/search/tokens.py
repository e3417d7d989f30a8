"""Splits text into words, folds them, passes over small words, and finds the stem by language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import snowballstemmer  # type: ignore[import-untyped]

DEFAULT_LANGUAGE = "en"
LONGEST_WORD = 40  # characters; what is longer is a key or an address, and nobody asks for it
# The browser uses the same expression (search-engine.js).
WORD = re.compile(r"[^\W_]+(?:['’\-‐‑][^\W_]+)*")
_PARTS = re.compile(r"[-‐‑]")
_APOSTROPHE = re.compile(r"['’]")
_POSSESSIVE = re.compile(r"['’]s$")
LETTERS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_LETTERS = str.maketrans(LETTERS)
_ASCII_WORDS = {code: chr(code).lower() if chr(code).isalnum() or chr(code) in "'-" else " " for code in range(128)}
_STEMMERS = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
_STOPWORD_LANGUAGES = ("de", "en")
# Endings that are taken off or put on where a garden does not have a word in the form in which it was asked for.
ENDINGS = ("ements", "ations", "ement", "ments", "ation", "ungen", "ness", "ions", "ings", "ment", "ies", "ied",
            "ing", "ion", "ers", "ung", "ed", "es", "er", "en", "ly", "em", "s", "e", "n", "d", "y", "r")  # fmt: skip
ADDED = (
    "",
    "s",
    "e",
    "es",
    "ed",
    "d",
    "ing",
    "y",
    "ies",
    "er",
    "ers",
    "ion",
    "ions",
    "ation",
    "ment",
    "n",
    "en",
    "ly",
)
WITH_Y = ("ies", "ied")  # endings that stand for -y
SHORTEST_BASE = 4


def fold(text: str) -> str:
    """Lower case without diacritics: "Überprüfung" → "uberprufung"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    return bare.lower().translate(_LETTERS)


def parts_of(word: str) -> tuple[tuple[str, ...], str]:
    """The words that a match of `WORD` in folded text stands for, and what it is when written together.

    "after-action" is the words `after` and `action` and, written together, `afteraction`; "NASA's" is `nasa`. The
    second is "" for a word without a hyphen.
    """
    pieces = (_APOSTROPHE.sub("", _POSSESSIVE.sub("", piece)) for piece in _PARTS.split(word))
    parts = tuple(piece for piece in pieces if piece and len(piece) <= LONGEST_WORD)
    together = "".join(parts)
    return parts, together if len(parts) > 1 and len(together) <= LONGEST_WORD else ""


def raw_words(text: str) -> list[str]:
    """The folded words of a text, in order; a word may be several matches of `WORD`, or none, as in "a--b" and "--".

    Made for many texts: it leaves to `WORD` what only few words need.
    """
    return text.translate(_ASCII_WORDS).split() if text.isascii() else WORD.findall(fold(text))


def words_of(text: str) -> Iterator[str]:
    """The folded words of a text, in order, small words included."""
    for match in WORD.findall(fold(text)):
        yield from parts_of(match)[0]


def primary(language: str) -> str:
    """The language without its region: "pt-BR" → "pt"."""
    return language.replace("_", "-").partition("-")[0].lower() or DEFAULT_LANGUAGE


@cache
def stopwords(language: str) -> frozenset[str]:
    """The small words of a language, folded; empty for a language of which there is no list."""
    if language not in _STOPWORD_LANGUAGES:
        return frozenset()
    text = files("knowledge_garden.search").joinpath("data", f"stopwords-{language}.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def _stemmer(language: str) -> Any:
    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None


@lru_cache(maxsize=100_000)  # stemming takes much longer than all else that is done with a word
def stem(word: str, language: str) -> str:
    """The stem of a folded word; words with a digit, and words of a language without a stemmer, stay as they are."""
    stemmer = _stemmer(language)
    if stemmer is None or not word.isalpha():
        return word
    return str(stemmer.stemWord(word)) or word


def guess_language(words: list[str], languages: tuple[str, ...]) -> str:
    """The language of a question among those of the garden: the one with most of its small words; else the first."""
    counts = [sum(word in stopwords(language) for word in words) for language in languages]
    return languages[counts.index(max(counts))]


def other_forms(word: str) -> Iterator[str]:
    """Other forms that a word may have, likeliest first: "restoring" → restor, restors, restore, …

    It replaces the stemmer where a question is read, so that the browser needs none: a form that the garden has
    leads to its stem.
    """
    for base in _bases(word):
        for ending in ADDED:
            if base + ending != word:
                yield base + ending


def _bases(word: str) -> Iterator[str]:
    yield word
    for ending in ENDINGS:
        if word.endswith(ending):
            base = word[: -len(ending)]
            if ending in WITH_Y and len(base) >= SHORTEST_BASE - 1:
                yield base + "y"
            if len(base) >= SHORTEST_BASE or (ending == "s" and len(base) >= SHORTEST_BASE - 1):
                yield base
                if len(base) > SHORTEST_BASE and base[-1] == base[-2]:
                    yield base[:-1]
