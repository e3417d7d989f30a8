"""The ledger as JSON and CSV. The JSON's form is versioned and described in the handbook under "Run a garden"."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, Literal

from knowledge_garden.indexes.display import Contributor
from knowledge_garden.indexes.ledger import Ledger
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.model.contributions import Notice
from knowledge_garden.model.names import without_addresses

VERSION = 1
Names = Literal["shown", "full"]
COLUMNS = ("person", "role", "page", "date", "rule", "commit", "link", "what", "community", "flags")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def within(lines: Iterable[LedgerLine], since: datetime.date | None, until: datetime.date | None) -> list[LedgerLine]:
    """The lines from `since` to `until`, both days included."""
    return [line for line in lines if (since is None or line.date >= since) and (until is None or line.date <= until)]


def _open(
    ledger: Ledger,
    lines: Iterable[LedgerLine],
    since: datetime.date | None,
    until: datetime.date | None,
    names: Names,
) -> list[LedgerLine]:
    """Those of the lines that are of a period; with names as shown, without those whose page's path would tell a name."""
    return [line for line in within(lines, since, until) if names == "full" or line.page not in ledger.unpublished]


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
    history = ledger.history
    lines = _open(ledger, ledger.lines, since, until, names)
    taken = set(_open(ledger, (line for line, _ in ledger.corrected), since, until, names))
    by_page: dict[str, list[LedgerLine]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    pages = {
        path: {
            "former_paths": list(life.former_paths),
            "created": life.created.isoformat() if life.created else None,
            "updated": life.updated.isoformat() if life.updated else None,
            "contributions": [_line(line, names) for line in by_page.get(path, [])],
        }
        for path, life in history.pages.items()
        if (all_pages or path in by_page) and (names == "full" or path not in ledger.unpublished)
    }
    elsewhere = [line for path, found in by_page.items() if path not in pages for line in found]
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
                {"commit": each.commit, "reason": each.reason, "detail": each.detail} for each in history.excluded
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
                "code": each.code,
                "text": each.text,
                "hint": each.hint,
                "places": _places(ledger, each, names),
                "names": list(each.names) if names == "full" else [],
            }
            for each in history.notices
        ],
    }


def ledger_csv(
    ledger: Ledger, *, since: datetime.date | None = None, until: datetime.date | None = None, names: Names = "shown"
) -> str:
    """One line a contribution, with a heading line of `COLUMNS`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in _open(ledger, ledger.lines, since, until, names):
        values = {**_line(line, names), "page": line.page, "flags": " ".join(line.flags)}
        writer.writerow([_cell(str(values[column])) for column in COLUMNS])
    return text.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")


def _name(contributor: Contributor, names: Names) -> str:
    return contributor.full_name if names == "full" else contributor.name


def _decider(ledger: Ledger, written: str, names: Names) -> str:
    who = ledger.deciders.get(written)
    return _name(who, names) if who else ""


def _places(ledger: Ledger, notice: Notice, names: Names) -> list[str]:
    """What a notice is about; with names as shown, without what would tell a name."""
    if names == "full":
        return list(notice.places)
    return [place for place in notice.places if ledger.unpublished.isdisjoint(place.split(" → "))]


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
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        who = line.contributor
        entry = found.setdefault(who.key, {"name": _name(who, names), "tool": who.tool, "roles": {}})
        pages = entry["roles"].setdefault(line.role, [])
        if (line.page or line.what) not in pages:
            pages.append(line.page or line.what)
    return sorted(found.values(), key=lambda each: str(each["name"]).casefold())


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
