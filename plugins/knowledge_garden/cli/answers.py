"""What `garden new` makes of answers: limits, dates, and the headings of a lesson with their questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from knowledge_garden.model.dates import When
from knowledge_garden.model.lesson import SUMMARY_LIMIT
from knowledge_garden.model.messages import Message


def sections(questions: Mapping[Message, Message], text: Callable[[str], str]) -> str:
    """Each heading with its question below, as Markdown in a language."""
    return "\n\n".join(f"## {text(heading)}\n\n*{text(question)}*" for heading, question in questions.items())


def short_enough(summary: str) -> str:
    """The summary. Raises ValueError where it is too long."""
    if len(summary) > SUMMARY_LIMIT:
        raise ValueError(f"that is {len(summary)} characters; the limit is {SUMMARY_LIMIT}")
    return summary.strip()


def checked_date(text: str) -> str:
    """The date as a record writes it. Raises ValueError for what is none."""
    return str(When.parse(text))


def yaml_date(when: When) -> object:
    """A date in the form that YAML writes without quotes."""
    if when.month is None:
        return when.year
    return when.first if when.day is not None else str(when)
