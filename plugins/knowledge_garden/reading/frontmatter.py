"""Splits a Markdown file into its front matter and its body, through python-frontmatter, keeping the line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.reading.yaml import Values, read_yaml

_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


class _LineHandler(YAMLHandler):
    """python-frontmatter's handler for YAML, with the loader that knows lines and with MkDocs' idea of the fences."""

    FM_BOUNDARY = _CLOSING

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.values = Values()

    def split(self, text: str) -> tuple[str, str]:
        _, front, body = _CLOSING.split(text, maxsplit=2)
        return front.removeprefix("\n"), body

    def load(self, fm: str, **kwargs: object) -> Any:
        self.values = read_yaml(fm, self.path, first_line=2)
        return self.values.data if isinstance(self.values.data, dict) else {}


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart. `values` is None where there is no front matter; `line` is the body's first line in the file."""

    values: Values | None
    body: str
    line: int
    problems: tuple[Problem, ...]

    def is_parted(self, record: bool) -> bool:
        """Whether `body` is surely text, and not fields whose fences went wrong. `record`: whether it must have fields."""
        return self.values is not None or not (record or self.problems)


def front_matter_span(text: str) -> tuple[int, int] | None:
    """Where a file's front matter begins and ends, without the lines around it; None where there is none, or no end."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return (opening.end(), closing.start()) if opening and closing else None


def split_document(text: str, path: str) -> Document:
    """Take a file's text apart. A body is never lost: where the front matter is not closed, all of the text is the body."""
    opening = _OPENING.match(text)
    if not opening:
        return Document(None, *_body(text, 0), ())
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        last = text.rstrip("\n").count("\n") + 1
        fault = message("The front matter opens on line 1 and is not closed by line {last}.", last=last)
        return Document(None, *_body(text, 0), (problem("front-matter-unclosed", path, 1, fault),))
    handler = _LineHandler(path)
    frontmatter.parse(text, handler=handler)
    values = handler.values
    problems = list(values.problems)
    if not isinstance(values.data, dict | None):
        problems.append(
            problem("front-matter-form", path, 2, message("The front matter is not made of key: value lines."))
        )
        values.data = None
    return Document(values, *_body(text, closing.end()), tuple(problems))


def _body(text: str, start: int) -> tuple[str, int]:
    """The text from `start` without empty lines before it, as MkDocs has it, and the line of the file on which it begins."""
    body = text[start:].lstrip("\n")
    return body, text.count("\n", 0, len(text) - len(body)) + 1
