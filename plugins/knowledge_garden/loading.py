"""The one pipeline: from a folder of Markdown under Git to everything that can be known of the garden."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from knowledge_garden.history import find_repository, read_history
from knowledge_garden.indexes import Indexes, index_garden
from knowledge_garden.model.contributions import DEFAULT_ROLES, DEFAULT_TOOLS, CreditRules, History
from knowledge_garden.model.declarations import DECLARATIONS_FILE
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.records import Kind
from knowledge_garden.model.settings import Settings
from knowledge_garden.reading import Reading, read_content


@dataclass(frozen=True, slots=True)
class LoadedGarden:
    """A garden with its indexes and everything that is wrong with it, by file and line."""

    garden: Garden
    indexes: Indexes
    problems: tuple[Problem, ...]


def load_garden(
    content: Path,
    *,
    today: datetime.date,
    cache: Path | None = None,
    with_history: bool = True,
    progress: Callable[[int], None] | None = None,
) -> LoadedGarden:
    """Grow the garden whose content folder is `content`.

    `today` is the day on which it is looked at (a moment is taken for the day it has in the garden's timezone);
    `cache` is a folder for what is kept between builds (None: nothing is kept); `progress` is told the number of
    commits read so far. Wrong content gives problems, never an exception; a content folder that is not there raises
    NotADirectoryError.
    """
    if not content.is_dir():
        raise NotADirectoryError(f"There is no folder {content}.")
    content = content.resolve()
    repository = find_repository(content)
    top = content.relative_to(repository).as_posix() if repository else content.name
    top = "" if top == "." else top
    reading = read_content(content, top=top)
    if isinstance(today, datetime.datetime):
        today = today.astimezone(reading.settings.zone).date()
    history = History(state="none")
    if with_history:
        paths = [f"{top}/**/*.md" if top else "**/*.md"]
        rules = credit_rules(reading.settings)
        place = repository or content
        history = read_history(place, today=today, rules=rules, paths=paths, cache=cache, progress=progress)
    garden = _garden(reading, history, top, today)
    indexes, found = index_garden(garden)
    problems = [*reading.problems, *found]
    if with_history:
        problems += _history_problems(history, top)
        problems += _unused_corrections(indexes)
    return LoadedGarden(garden, indexes, tuple(sorted(set(problems))))


def credit_rules(settings: Settings) -> CreditRules:
    """The rules of the history package, as garden.yml sets them on top of the defaults."""
    credit = settings.credit
    return CreditRules(
        timezone=settings.timezone,
        bots=(*DEFAULT_TOOLS, *credit.bots),
        roles={**DEFAULT_ROLES, **{name.lower(): role for name, role in credit.roles.items()}},
        ignore_revs=credit.ignore_revisions,
        moves=credit.moves,
    )


def _garden(reading: Reading, history: History, top: str, today: datetime.date) -> Garden:
    records = cast("dict[Kind, dict[str, Any]]", reading.records)
    return Garden(
        settings=reading.settings,
        content=top,
        today=today,
        history=history,
        declarations=reading.declarations,
        configuration=MappingProxyType({**history.configuration, **reading.configuration}),
        pages=MappingProxyType(reading.pages),
        files=frozenset(reading.files),
        lessons=MappingProxyType(records[Kind.LESSON]),
        communities=MappingProxyType(records[Kind.COMMUNITY]),
        people=MappingProxyType(records[Kind.PERSON]),
        partners=MappingProxyType(records[Kind.PARTNER]),
        declaration_lines=MappingProxyType(reading.declaration_lines),
    )


def _unused_corrections(indexes: Indexes) -> Iterator[Problem]:
    garden, ledger = indexes.garden, indexes.credits.ledger
    for number, each in enumerate(garden.declarations.corrections if ledger.history.revision else ()):
        if each in ledger.unused:
            line = garden.declaration_lines.get(f"corrections.{number}", 0)
            message = f"The correction of {each.commit} ({each.reason}) meets no line."
            yield problem("unused-correction", garden.file(DECLARATIONS_FILE), line, message)


_WITHHELD = ("shallow-clone", "no-trees")
_MISSING = ("no-repository", "no-commit")
_UNREADABLE = ("git-missing", "git-refused", "dubious-ownership")
_SHOWN_PLACES = 5


def _history_problems(history: History, top: str) -> Iterator[Problem]:
    """The history's notices as problems, each with the first of the places it is about."""
    for notice in history.notices:
        code = "history-notice"
        for name, codes in (("shallow", _WITHHELD), ("missing", _MISSING), ("unreadable", _UNREADABLE)):
            if notice.code in codes:
                code = f"history-{name}"
        more = len(notice.places) - _SHOWN_PLACES
        places = ", ".join(notice.places[:_SHOWN_PLACES]) + (f" and {more} more" if more > 0 else "")
        yield problem(code, top or ".", 0, f"{notice.text} [{places}]" if places else notice.text, notice.remedy)
