"""Reads one Markdown file: its page, its fields, and every problem it shows by itself. Asks nothing of other files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from knowledge_garden.locale import Language
from knowledge_garden.model.addresses import FOLDER_PAGES
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.garden import Page
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import CODES, Problem, problem
from knowledge_garden.model.records import FIELDS, KIND_LABELS, Kind
from knowledge_garden.reading.files import decoded
from knowledge_garden.reading.frontmatter import split_document
from knowledge_garden.reading.languages import lesson_headings, missing_headings, page_language, prompts
from knowledge_garden.reading.lists import unseparated_lists
from knowledge_garden.reading.markdown import MarkdownReader
from knowledge_garden.reading.narrative import narrative_problems
from knowledge_garden.reading.records import read_fields
from knowledge_garden.reading.unfinished import unfinished
from knowledge_garden.reading.yaml import Values


@dataclass(frozen=True, slots=True)
class PageFile:
    """What one file says. `page` is None where its text can't be used.

    `is_record`: its front matter was read as that of a record; `fields` are None where errors leave no record.
    `lines`: field → line in the file. `of_record` are problems of the record, where it is not another's duplicate.
    """

    page: Page | None
    problems: tuple[Problem, ...] = ()
    is_record: bool = False
    fields: Fields | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    of_record: tuple[Problem, ...] = ()


def read_page(
    data: bytes, path: str, kind: Kind | None, repository_path: str, language: Language, reader: MarkdownReader
) -> PageFile:
    """Read the bytes of the file at a content path, which problems name by its path from the repository's top.

    `language` is the garden's.
    """
    text, encoding = decoded(data, repository_path)
    if text is None:
        return PageFile(None, tuple(encoding))
    document = split_document(text, repository_path)
    signs = unfinished(text, prompts(language))
    problems = [*encoding, *(problem(sign.code, repository_path, sign.line, sign.message) for sign in signs)]
    # Advice repeats the line, which in a profile may hold the name of somebody who chose to be hidden.
    problems += _without_advice(document.problems) if kind is Kind.PERSON else document.problems
    values = document.values or Values()
    parsed = reader.read(document.body, document.line)
    problems += (problem(loss.code, repository_path, loss.line, loss.message, loss.hint) for loss in parsed.unsafe)
    problems += (
        problem(
            "list-in-text", repository_path, document.line + line, message("The list needs an empty line before it.")
        )
        for line in (unseparated_lists(document.body, parsed.html) if document.is_parted(kind is not None) else ())
    )
    meta: dict[str, Any] = values.data or {}
    if kind is Kind.LESSON:
        problems += narrative_problems(meta, values.lines, document.body, document.line, repository_path)
    try:
        language = page_language(meta, language)
    except ValueError as error:
        problems.append(problem("wrong-type", repository_path, values.lines.get("language", 1), error.args[0]))
    headings = lesson_headings(parsed.headings, language) if kind is Kind.LESSON else parsed.headings
    page = Page(
        path=path,
        kind=kind,
        title=_title(meta, [heading.text for heading in parsed.headings if heading.level == 1], path),
        body=document.body,
        line=document.line,
        html=parsed.html,
        headings=headings,
        links=parsed.links,
        anchors=parsed.anchors,
        meta=meta,
        unread=values.data is None and bool(document.problems),
        language=language.tag,
    )
    if kind is None:
        return PageFile(page, tuple(problems))
    if document.values is None and not document.problems:
        fault = message("The file is a record ({kind}) and has no front matter.", kind=KIND_LABELS[kind])
        problems.append(problem("front-matter-missing", repository_path, 1, fault))
        return PageFile(page, tuple(problems))
    if values.data is None and document.problems:
        return PageFile(page, tuple(problems))  # its fields would only be reported as missing, one by one
    fields, wrong = read_fields(FIELDS[kind], values, repository_path)
    of_record: tuple[Problem, ...] = ()
    if kind is Kind.LESSON and (missing := missing_headings(headings, language)):
        fault = message("Missing: {headings}.", headings=", ".join(missing))
        of_record = (problem("missing-heading", repository_path, page.line, fault),)
    return PageFile(page, (*problems, *wrong), True, fields, values.lines, of_record)


def _without_advice(problems: Iterable[Problem]) -> Iterator[Problem]:
    return (replace(advised, hint=CODES[advised.code].fix) for advised in problems)


def _title(meta: Mapping[str, Any], headings: list[str], path: str) -> str:
    for value in (meta.get("title"), meta.get("name"), *headings):
        if isinstance(value, str) and value.strip():
            return value.strip()
    stem = PurePosixPath(path).stem
    return (PurePosixPath(path).parent.name or stem if stem in FOLDER_PAGES else stem).replace("-", " ").capitalize()
