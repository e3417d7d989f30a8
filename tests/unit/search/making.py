"""Small documents and gardens to search in."""

from __future__ import annotations

from pathlib import Path

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.search import Document, DocumentKind, SearchIndex, index_search
from knowledge_garden.search.documents import PRIORS, Field
from knowledge_garden.search.plain import Sentence
from planting import TODAY, plant

LESSON = """---
title: {title}
summary: {summary}
outcome: failure
communities: [harbour]
causes: [{causes}]
---
{body}
"""


def document(
    key: str, title: str, body: str = "", *, kind: DocumentKind = DocumentKind.LESSON, language: str = "en"
) -> Document:
    """A document with a title and a text of sentences, one a line."""
    sentences = tuple(Sentence(line, "What happened") for line in body.splitlines())
    return Document(
        kind=kind,
        key=key,
        path=f"lessons/2020/{key}.md",
        title=title,
        summary="",
        language=language,
        prior=PRIORS[kind],
        texts=tuple(each for each in ((Field.TITLE, title), (Field.BODY, body)) if each[1]),
        sentences=sentences,
    )


FILLER = [
    document(f"filler-{number}", f"Ordinary day {number}", "A boat came in and left again.")
    for number in range(100, 120)
]


def garden(folder: Path, lessons: dict[str, tuple[str, str, str]], settings: str = "") -> LoadedGarden:
    """The good garden with further lessons (slug → title, summary, body) and lines at the end of garden.yml."""
    content = plant("good", folder)
    (content / "lessons/2022").mkdir(exist_ok=True)
    for slug, (title, summary, body) in lessons.items():
        text = LESSON.format(title=title, summary=summary, body=body, causes="haste")
        (content / f"lessons/2022/{slug}.md").write_text(text, encoding="utf-8")
    with (content / "garden.yml").open("a", encoding="utf-8") as file:
        file.write(settings)
    return load_garden(content, today=TODAY, with_history=False)


def searched(loaded: LoadedGarden) -> SearchIndex:
    return index_search(loaded.garden, loaded.indexes.names.published)
