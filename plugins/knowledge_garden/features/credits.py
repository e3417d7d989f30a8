"""Credits: who wrote, maintained, reviewed and told what, from the history and from credits.yml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.credits import Credits, index_credits
from knowledge_garden.indexes.declared import check_declarations
from knowledge_garden.indexes.ledger import Ledger, garden_ledger
from knowledge_garden.model.declarations import DECLARATIONS_FILE
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.pages.credits import credit_pages
from knowledge_garden.pages.description import GeneratedPage


def _ledger(indexes: Indexes) -> Ledger:
    return garden_ledger(indexes.whole, indexes.publication, indexes.names)


def _credits(indexes: Indexes) -> Credits:
    return index_credits(indexes[LEDGER], indexes.publication)


LEDGER = Index("ledger", _ledger)
CREDITS = Index("credits", _credits)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """The private ledger, with full names, and what readers may see of it."""
    return (LEDGER, CREDITS)


@hookimpl
def garden_pages(garden: Garden) -> Iterable[GeneratedPage]:
    """The list of everybody who helped."""
    return credit_pages(garden)


@hookimpl
def garden_checks(indexes: Indexes) -> Iterable[Problem]:
    """Entries of credits.yml that name nobody or no page, and corrections that no line needs."""
    garden, ledger = indexes.whole, indexes[LEDGER]
    yield from check_declarations(garden, indexes.names, indexes.publication)
    if not ledger.history.revision:
        return  # without a history no correction can fit
    unused = set(map(id, ledger.unused))
    for number, correction in enumerate(garden.declarations.corrections):
        if id(correction) in unused:
            line = garden.declaration_lines.get(f"corrections.{number}", 0)
            fault = message("The correction of {commit} fits no line of the ledger.", commit=correction.commit)
            yield problem("unused-correction", garden.file(DECLARATIONS_FILE), line, fault)
