"""Puts YAML right that can't be read: tabs, curly quotes, hard spaces, a missing space, a colon in a value.

Only what makes the YAML readable is taken, and all of it or nothing: a change that leaves it broken is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from knowledge_garden.fixing.edits import Edit, Text
from knowledge_garden.model.messages import message
from knowledge_garden.reading.quotes import quoted, without_curly_quotes
from knowledge_garden.reading.yaml import read_yaml
from knowledge_garden.reading.yaml_advice import HARD_SPACES, colon_quoted, key_and_value, usual_spaces

_ROUNDS = 200  # lines of one file that are put right
_TAB_WIDTHS = (2, 4, 8)
_INDENT = re.compile(rf"[ \t{HARD_SPACES}]*")
_TAB_AFTER = re.compile(r"([ ]*(?:- +)*(?:-|[\w-]+:)) *\t[ \t]*(?=\S)")
_NO_SPACE = re.compile(r"(?P<before>[ ]*(?:- +)?(?P<key>[A-Za-z_]+)):(?P<value>[^\s:/].*)\Z")


def fix_yaml(text: str, keys: Collection[str], first_line: int) -> Text:
    """A text of YAML that can be read, with what was changed; the same text where it already can, or no way is known.

    `keys` are the names of fields: a missing space is only put in after one of them.
    """
    fixed = Text(text)
    for _ in range(_ROUNDS):
        broken = _broken(fixed.text)
        if not broken:
            return fixed
        better = next((trial for trial in _trials(fixed, broken, keys, first_line) if _is_better(trial, broken)), None)
        if better is None:
            break
        fixed = better
    return Text(text)


def _broken(text: str) -> int:
    """The line, from 1, at which the text can't be read; 0 where it can."""
    return next((problem.line for problem in read_yaml(text, "").problems if problem.code == "yaml-broken"), 0)


def _is_better(trial: Text, broken: int) -> bool:
    line = _broken(trial.text)
    return not line or line > broken


def _trials(fixed: Text, broken: int, keys: Collection[str], first_line: int) -> Iterator[Text]:
    lines = fixed.text.split("\n")
    for number in dict.fromkeys((broken - 1, broken - 2)):
        if not 0 <= number < len(lines):
            continue
        start = sum(len(line) + 1 for line in lines[:number])
        for written, what in _corrections(lines[number], keys):
            yield fixed.edited([Edit(start, start + len(lines[number]), written, what)], first_line)


def _corrections(line: str, keys: Collection[str]) -> Iterator[tuple[str, str]]:
    """Ways to write a line, the likeliest first, each with what it changes."""
    if "\t" in (indent := _INDENT.match(line)[0]):  # type: ignore[index]
        for width in _TAB_WIDTHS:
            yield indent.replace("\t", " " * width) + line[len(indent) :], message("Spaces instead of tabs.")
    if match := _TAB_AFTER.match(line):
        yield f"{match[1]} {line[match.end() :]}", message("A space instead of a tab.")
    straight = usual_spaces(line)
    if straight != line:
        yield straight, message("Usual spaces instead of no-break spaces.")
    parts = key_and_value(straight)
    if parts and (inner := without_curly_quotes(parts[1])) is not None:
        yield parts[0] + quoted(inner), message("Straight quotes instead of curly ones.")
    if parts and " #" not in parts[1] and (in_quotes := colon_quoted(straight)):
        yield in_quotes, message("Quotes around a value with a colon.")
    match = _NO_SPACE.match(straight)
    if match and match["key"] in keys:
        yield f"{match['before']}: {match['value']}", message("A space after the colon of {key}.", key=match["key"])
