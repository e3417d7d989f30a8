"""garden search and garden similar: asks the garden from a terminal, for people and for programs.

The JSON form of both is a document

    {"question": "…", "claimed": true, "results": [RESULT…], "near": [RESULT…]}

`claimed` is false where nothing comes near enough; then `results` is empty and `near` holds the nearest. `garden similar`
has `"file"` instead of `"question"`, and no `near`. A RESULT has

    kind     lesson, cause, community, partner, person or page
    slug     the record's slug, a cause's key, a page's stem
    path     the content path of its page; a cause's page is made by the build
    title
    url      the address of its page, relative to the site
    score    percent: of a full answer, or of a lesson's likeness to itself
    why      of a search: {"words": [{"asked", "word", "how"}…], "field", "heading", "sentence", "marks": [[start, end]…]}
             with `how` one of word, synonym, corrected, beginning;
             of similar lessons: {"causes": [key…], "words": [word…]}

Exit codes: 0, also where nothing is claimed; 2 wrong use, no garden there, or a file that can't be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from knowledge_garden.cli.common import find_content, now, read_written, to_json
from knowledge_garden.features.search import SEARCH
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model.lesson import RELATIONS
from knowledge_garden.model.names import visible
from knowledge_garden.pages.frame import Frame
from knowledge_garden.reading.frontmatter import split_document
from knowledge_garden.reading.markdown import MarkdownReader
from knowledge_garden.search import (
    Document,
    How,
    Likeness,
    Result,
    SearchIndex,
    Similar,
    search,
    text_document,
)

_FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
_DIRECTORY = click.option(
    "--directory",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The garden that is asked; default: here.",
)


@click.command(name="search")
@click.argument("question", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, help="How many results at most; default: 10.")
@_FORMAT
@_DIRECTORY
def search_command(question: tuple[str, ...], limit: int, form: str, directory: Path) -> None:
    """Find lessons, causes, communities, people and pages that answer QUESTION."""
    _, index = _load(directory)
    text = " ".join(question)
    answer = search(index, text, limit=limit)
    if form == "json":
        document = {
            "question": text,
            "claimed": bool(answer.results),
            "results": [_result(result) for result in answer.results],
            "near": [_result(result) for result in answer.near],
        }
        click.echo(to_json(document), nl=False)
        return
    console = Console(highlight=False, soft_wrap=True)
    if not answer.results:
        console.print("Nothing answers this question." + (" These come nearest:" if answer.near else ""))
    for result in answer.results or answer.near:
        _print(console, result.document, result.score)
        console.print(_marked(result))
        words = ", ".join(
            match.word if match.how is How.WORD else f"{match.word} for {match.asked}" for match in result.matches
        )
        console.print(Text(f"    {words}", style="dim"))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--limit", type=click.IntRange(1, 20), default=5, help="How many lessons at most; default: 5.")
@_FORMAT
@_DIRECTORY
def similar(file: Path, limit: int, form: str, directory: Path) -> None:
    """Find the lessons that are like the lesson in FILE, or like the text given on standard input where FILE is -.

    FILE may be a lesson of the garden, a draft, or any Markdown. Lessons that it links to already are left out.
    """
    loaded, index = _load(directory)
    likeness = Likeness(index)
    draft, linked = _draft(loaded, file)
    similar_ones = likeness.of_draft(draft, linked, limit=limit)
    if form == "json":
        results = [_similar(match) for match in similar_ones]
        click.echo(to_json({"file": str(file), "claimed": bool(results), "results": results}), nl=False)
        return
    console = Console(highlight=False, soft_wrap=True)
    if not similar_ones:
        console.print("No lesson is like this one.")
    titles = {key: cause.title for key, cause in loaded.garden.settings.causes.items()}
    for like in similar_ones:
        _print(console, like.document, like.score)
        causes = "; ".join(visible(titles.get(key, key)) for key in like.causes)
        words = ", ".join(like.words)
        console.print(Text(f"    {words}" + (f" · {causes}" if causes else ""), style="dim"))


def _load(directory: Path) -> tuple[LoadedGarden, SearchIndex]:
    loaded = load_garden(find_content(directory), today=now(), with_history=False)
    return loaded, loaded.indexes[SEARCH]


def _draft(loaded: LoadedGarden, file: Path) -> tuple[Document, set[str]]:
    """The text of a file as a document, and the names that it links to already. Exits with 2 where it can't be read."""
    document = split_document(read_written(file), str(file))
    fields: Mapping[str, Any] = (document.values.data if document.values else None) or {}
    title, summary = (str(fields.get(name) or "") for name in ("title", "summary"))
    named = {name for relation in RELATIONS for name in _texts(fields.get(relation))}
    text = MarkdownReader().read(document.body, document.line)
    named |= {PurePosixPath(link.target).stem for link in text.links if link.target}
    slug = file.stem if file.stem in loaded.garden.lessons else ""
    return text_document(title, summary, text.html, key=slug, causes=_texts(fields.get("causes"))), named


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _entry(document: Document, score: int) -> dict[str, Any]:
    return {
        "kind": document.kind.value,
        "slug": document.key,
        "path": document.path,
        "title": document.title,
        "url": Frame().url(document.path),
        "score": score,
    }


def _result(result: Result) -> dict[str, Any]:
    passage = result.passage
    why = {
        "words": [{"asked": match.asked, "word": match.word, "how": match.how.value} for match in result.matches],
        "field": passage.sentence.field,
        "heading": passage.sentence.heading,
        "sentence": passage.sentence.text,
        "marks": [list(mark) for mark in passage.marks],
    }
    return {**_entry(result.document, result.score), "why": why}


def _similar(like: Similar) -> dict[str, Any]:
    return {**_entry(like.document, like.score), "why": {"causes": list(like.causes), "words": list(like.words)}}


def _print(console: Console, document: Document, score: int) -> None:
    line = Text(visible(document.title), style="bold")
    console.print(line.append(f"  {document.kind.value} · {score} %", style="dim not bold"))
    console.print(Text(f"    {visible(document.path)}", style="dim"))


def _marked(result: Result) -> Text:
    sentence = result.passage.sentence
    text = Text(visible(sentence.text))
    for start, end in result.passage.marks:
        text.stylize("bold underline", start, end)
    return Text(f"    {visible(sentence.heading)}: " if sentence.heading else "    ").append_text(text)
