"""What shows that a text is not finished: questions of `garden new` that were not answered, marks of a merge conflict."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from knowledge_garden.model.messages import message
from knowledge_garden.reading.yaml_advice import CONFLICT, conflict_line


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A sign that a text is not finished, with its line in the file and the code of its problem."""

    code: str
    line: int
    message: str


def unfinished(text: str, prompts: Collection[str]) -> list[Unfinished]:
    """The signs in a whole file's text, in order; of a merge conflict only the first. `prompts`: lines to be replaced."""
    signs = [
        Unfinished(
            "prompt-left",
            number,
            message("The question {question} has not been answered.", question=repr(line.strip().strip("*"))),
        )
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip() in prompts
    ]
    if line := conflict_line(text):
        signs.append(Unfinished("merge-conflict", line, CONFLICT))
    return sorted(signs, key=lambda sign: sign.line)
