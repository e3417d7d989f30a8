"""The ledger as JSON and CSV. The JSON's form is versioned and described in the handbook under "Run a garden"."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, Literal

from knowledge_garden.indexes.ledger import Ledger, readers_ledger
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.model.names import without_addresses
from knowledge_garden.model.people import Contributor

VERSION = 1
Names = Literal["shown", "full"]
COLUMNS = ("person", "role", "page", "date", "rule", "commit", "link", "what", "community", "flags")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def within(lines: Iterable[LedgerLine], since: datetime.date | None, until: datetime.date | None) -> list[LedgerLine]:
    """The lines from `since` to `until`, both days included."""
    return [line for line in lines if (since is None or line.date >= since) and (until is None or line.date <= until)]


def ledger_document(
    ledger: Ledger,
    *,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    names: Names = "shown",
    all_pages: bool = True,
) -> dict[str, Any]:
    """The whole ledger, or the part of a period, as plain values.

    `names`: as people chose to be shown, or in full. `all_pages`: pages without a contribution in the period too.
    """
    ledger = _view(ledger, names)
    history = ledger.history
    lines = within(ledger.lines, since, until)
    taken = set(within((line for line, _ in ledger.corrected), since, until))
    by_page: dict[str, list[LedgerLine]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    pages = {
        path: {
            "former_paths": list(page_history.former_paths),
            "created": page_history.created.isoformat() if page_history.created else None,
            "updated": page_history.updated.isoformat() if page_history.updated else None,
            "contributions": [_line(line, names) for line in by_page.get(path, [])],
        }
        for path, page_history in history.pages.items()
        if all_pages or path in by_page
    }
    elsewhere = [line for path, of_page in by_page.items() if path not in pages for line in of_page]
    return {
        "version": VERSION,
        "revision": history.revision,
        "state": history.state,
        "complete": history.complete,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "versions": {"knowledge-garden": version("knowledge-garden"), **history.versions},
        "configuration": dict(ledger.configuration),
        "pages": pages,
        "elsewhere": [{**_line(line, names), "page": line.page} for line in elsewhere],
        "people": _people(lines, names),
        "excluded": {
            "counts": history.excluded.counts,
            "commits": [
                {"commit": excluded.commit, "reason": excluded.reason, "detail": excluded.detail}
                for excluded in history.excluded
            ],
        },
        "corrected": [
            {
                **_line(line, names),
                "page": line.page,
                "reason": without_addresses(correction.reason),
                "decided_by": _decider(ledger, correction.decided_by, names),
                "given_to": _decider(ledger, correction.give_to, names),
            }
            for line, correction in ledger.corrected
            if line in taken
        ],
        "notices": [
            {
                "code": notice.code,
                "text": notice.text,
                "hint": notice.hint,
                "places": list(notice.places),
                "names": list(notice.names) if names == "full" else [],
            }
            for notice in history.notices
        ],
    }


def ledger_csv(
    ledger: Ledger, *, since: datetime.date | None = None, until: datetime.date | None = None, names: Names = "shown"
) -> str:
    """One line a contribution, with a heading line of `COLUMNS`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in within(_view(ledger, names).lines, since, until):
        values = {**_line(line, names), "page": line.page, "flags": " ".join(line.flags)}
        writer.writerow([_cell(str(values[column])) for column in COLUMNS])
    return text.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")


def _view(ledger: Ledger, names: Names) -> Ledger:
    return ledger if names == "full" else readers_ledger(ledger)


def _name(contributor: Contributor, names: Names) -> str:
    return contributor.full_name if names == "full" else contributor.name


def _decider(ledger: Ledger, written: str, names: Names) -> str:
    who = ledger.deciders.get(written)
    return _name(who, names) if who else ""


def _line(line: LedgerLine, names: Names) -> dict[str, Any]:
    return {
        "person": _name(line.contributor, names),
        "tool": line.contributor.tool,
        "role": line.role,
        "date": line.date.isoformat(),
        "rule": line.rule,
        "commit": line.commit,
        "link": line.link,
        "what": line.what,
        "community": line.community,
        "flags": list(line.flags),
        "related": [{"relation": relation, "commit": commit} for relation, commit in line.related],
    }


def _people(lines: Iterable[LedgerLine], names: Names) -> list[dict[str, Any]]:
    """Each person with what they did, by role, as a list of pages: evidence to look up, and no number to rank by.

    In alphabetical order; people of one shown name by their first day, so that the order tells nothing of full names.
    """
    people: dict[str, dict[str, Any]] = {}
    for line in lines:
        who = line.contributor
        entry = people.setdefault(who.key, {"name": _name(who, names), "tool": who.tool, "roles": {}})
        pages = entry["roles"].setdefault(line.role, [])
        if (line.page or line.what) not in pages:
            pages.append(line.page or line.what)
    return sorted(people.values(), key=lambda person: str(person["name"]).casefold())


def _cell(text: str) -> str:
    safe = f"'{text}" if text.startswith(_FORMULA) else text
    return safe.replace("\r", " ").replace("\n", " ")  # some readers end a row at either
