"""Seats that earlier versions of a charter had."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from knowledge_garden.model.dates import When


@dataclass(frozen=True, slots=True)
class PastSeat:
    """A seat as the versions of a charter show it.

    `role` is a field of the charter, `person` a slug. `first`: the day of the first version that has it. `gone`: that of
    the first version that no longer has it, None where the newest one does. `since`, `until`: as last declared.
    """

    role: str
    person: str
    first: datetime.date
    gone: datetime.date | None = None
    since: When | None = None
    until: When | None = None
