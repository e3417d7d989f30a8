"""Made-up documents in any number, with words as unevenly frequent as those of a language, to measure size and speed."""

from __future__ import annotations

import random
from itertools import accumulate

from knowledge_garden.search.documents import Document, DocumentKind, Field
from knowledge_garden.search.plain import Sentence

HEADINGS = (
    "Context",
    "What we expected",
    "What happened",
    "Why it happened",
    "What we learned",
    "What to do next time",
)
SYLLABLES = [first + second for first in "bcdfghklmnprstvw" for second in ("a", "e", "i", "o", "u", "an", "er", "is")]


def vocabulary(size: int, random_: random.Random) -> list[str]:
    """Different words of two to five syllables."""
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(random_.choices(SYLLABLES, k=random_.choice((2, 3, 3, 4, 5))))] = None
    return list(words)


class Writer:
    """Draws words by Zipf's law: the word at rank r is 1/r as frequent as the first."""

    def __init__(self, size: int = 40_000, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.words = vocabulary(size, self.random)
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(size)))

    def draw(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, count: int = 16) -> str:
        return " ".join(self.draw(count)).capitalize() + "."


def documents(count: int, words: int = 300, writer: Writer | None = None) -> list[Document]:
    """Lessons of about `words` words each."""
    writer = writer or Writer()
    return [_lesson(number, words, writer) for number in range(count)]


def _lesson(number: int, words: int, writer: Writer) -> Document:
    title, summary = " ".join(writer.draw(8)), writer.sentence(30)
    each = max(1, words // len(HEADINGS) // 16)
    body = [Sentence(writer.sentence(), heading) for heading in HEADINGS for _ in range(each)]
    cause, community, year = f"cause-{number % 17}", f"community-{number % 12}", str(1990 + number % 35)
    tags = writer.draw(4)
    return Document(
        kind=DocumentKind.LESSON,
        key=f"lesson-{number}",
        path=f"lessons/{year}/lesson-{number}.md",
        title=title,
        summary=summary,
        language="en",
        prior=100,
        texts=(
            (Field.TITLE, title),
            (Field.TAGS, " . ".join(tags)),
            (Field.SUMMARY, summary),
            (Field.CAUSES, cause.replace("-", " ")),
            (Field.BODY, " ".join(each.text for each in body)),
        ),
        sentences=(Sentence(summary, field="summary"), *body, Sentence(", ".join(tags), field="tags")),
        facets={"outcome": ("failure",), "cause": (cause,), "community": (community,), "year": (year,)},
    )
