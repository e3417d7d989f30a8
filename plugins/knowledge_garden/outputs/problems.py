"""The problems of a garden as JSON; the form is described in the handbook under "Run a garden"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from knowledge_garden.model.problems import Problem, Severity

VERSION = 1


def problems_document(problems: Iterable[Problem]) -> dict[str, Any]:
    """{"version", "counts": {severity: n}, "problems": [{code, severity, path, line, message, hint}]}; line 0: the file."""
    listed = [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "path": problem.path,
            "line": problem.line,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    counts = Counter(problem["severity"] for problem in listed)
    by_severity = {severity.value: counts[severity.value] for severity in Severity}
    return {"version": VERSION, "counts": by_severity, "problems": listed}
