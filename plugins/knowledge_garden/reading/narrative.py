"""Looks in a lesson's title, summary, text, actions and uses for what is personal or secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.reading.personal import Meant, personal

_TOLD = re.compile(
    r"(?:title|summary|actions\.\d+\.(?:what|checked)|applied\.\d+\.(?:result|saved|quotation|evidence))\Z"
)


def narrative_problems(
    meta: Mapping[str, Any], lines: Mapping[str, int], body: str, first_line: int, path: str
) -> Iterator[Problem]:
    """The problems of a lesson's own words. `lines`: dotted path of a value → its line; the body begins at `first_line`."""
    given = meta.get("meant")
    meant = Meant(entry for entry in (given if isinstance(given, list) else ()) if isinstance(entry, str))
    for name, line in lines.items():
        text = _value(meta, name) if _TOLD.match(name) else None
        for finding in personal(text, meant) if isinstance(text, str) else ():
            yield problem(finding.code, path, line, finding.message)
    for finding in personal(body, meant):
        line = first_line + body.count("\n", 0, finding.start)
        yield problem(finding.code, path, line, finding.message)


def _value(meta: Any, name: str) -> Any:
    for part in name.split("."):
        meta = meta[int(part)] if isinstance(meta, list) else meta.get(part) if isinstance(meta, dict) else None
    return meta
