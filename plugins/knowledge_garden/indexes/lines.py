"""One line of the ledger."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from knowledge_garden.model.people import Contributor


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One contribution. `page` is a path from the repository's top, "" for work that belongs to no page.

    `rule` says why it counts: "author", "trailer", "body", "reviewed, nothing to change", "declared", "told_by".
    Evidence is `commit` or `link`; a line from `told_by` rests on the page itself.
    """

    contributor: Contributor
    role: str
    page: str
    date: datetime.date
    rule: str
    commit: str = ""
    link: str = ""
    what: str = ""
    community: str = ""
    flags: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
