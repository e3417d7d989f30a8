"""The problems of a garden on the lines of a change: for GitHub, GitLab, and tools that read SARIF."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from knowledge_garden.locale import Language
from knowledge_garden.model.names import visible
from knowledge_garden.model.problems import Code, Problem, Severity

_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def github_commands(problems: Sequence[Problem], language: Language) -> str:
    """Workflow commands, a line each, errors first: GitHub shows ten of a kind. Nothing of the content begins a command."""
    rank = list(Severity)
    lines: list[str] = []
    for problem in sorted(problems, key=lambda item: (rank.index(item.severity), item)):
        places = {"file": problem.path, "line": str(max(problem.line, 1)), "title": problem.code}
        properties = ",".join(f"{name}={_property(value)}" for name, value in places.items())
        lines.append(f"::{problem.severity.value} {properties}::{_data(_said(problem, language))}\n")
    return "".join(lines)


def gitlab_report(problems: Iterable[Problem], language: Language) -> list[dict[str, Any]]:
    """A report of code quality, as GitLab's merge requests show it."""
    times: Counter[tuple[str, str, str]] = Counter()
    report: list[dict[str, Any]] = []
    for problem in problems:
        report.append(
            {
                "description": _said(problem, language),
                "check_name": problem.code,
                "fingerprint": _fingerprint(problem, times),
                "severity": _GITLAB[problem.severity],
                "location": {"path": problem.path, "lines": {"begin": max(problem.line, 1)}},
            }
        )
    return report


def sarif_log(problems: Iterable[Problem], language: Language, codes: Mapping[str, Code]) -> dict[str, Any]:
    """A log in SARIF 2.1.0. `codes`: name → what is known of each kind of problem; only those that occur are listed."""
    problems = list(problems)
    used = sorted({problem.code for problem in problems})
    times: Counter[tuple[str, str, str]] = Counter()
    results: list[dict[str, Any]] = []
    for problem in problems:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(problem.path), "uriBaseId": "%SRCROOT%"}}
        if problem.line:
            place["region"] = {"startLine": problem.line}
        results.append(
            {
                "ruleId": problem.code,
                "ruleIndex": used.index(problem.code),
                "level": _SARIF[problem.severity],
                "message": {"text": _said(problem, language)},
                "locations": [{"physicalLocation": place}],
                "partialFingerprints": {"problem/v1": _fingerprint(problem, times)},
            }
        )
    rules = [_rule(name, codes.get(name), language) for name in used]
    run = {
        "tool": {"driver": {"name": "knowledge-garden", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str, code: Code | None, language: Language) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name}
    if code:
        rule["shortDescription"] = {"text": language.text(code.meaning)}
        rule["help"] = {"text": language.text(code.fix)}
        rule["defaultConfiguration"] = {"level": _SARIF[code.severity]}
    return rule


def _said(problem: Problem, language: Language) -> str:
    return visible(f"{language.text(problem.message)} {language.text(problem.hint)}".strip())


def _fingerprint(problem: Problem, times: Counter[tuple[str, str, str]]) -> str:
    """The same for a problem wherever its line has moved to; several of one message are told apart by their number."""
    key = (problem.code, problem.path, problem.message)
    times[key] += 1
    return hashlib.sha256("\n".join((*key, str(times[key]))).encode()).hexdigest()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
