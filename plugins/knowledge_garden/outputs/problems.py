"""The problems of a garden as JSON; the form is described in the handbook under "Run a garden"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from knowledge_garden.model.problems import Problem, Severity

VERSION = 1


def problems_document(problems: Iterable[Problem]) -> dict[str, Any]:
    """{"version", "counts": {severity: n}, "problems": [{code, severity, path, line, message, hint}]}; line 0: the file."""
    found = [
        {
            "code": each.code,
            "severity": each.severity.value,
            "path": each.path,
            "line": each.line,
            "message": each.message,
            "hint": each.hint,
        }
        for each in problems
    ]
    counts = Counter(each["severity"] for each in found)
    return {"version": VERSION, "counts": {each.value: counts[each.value] for each in Severity}, "problems": found}
