"""Checks the earlier keys of causes in garden.yml: each may stand for one cause only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.settings import Settings


def check_former_keys(settings: Settings, lines: Mapping[str, int], path: str) -> Iterator[Problem]:
    """`lines`: dotted path of a value of garden.yml → its line. `path`: that of garden.yml."""
    first: dict[str, str] = {}
    for key, cause in settings.causes.items():
        for position, old in enumerate(cause.formerly):
            line = lines.get(f"causes.{key}.formerly.{position}") or lines.get(f"causes.{key}.formerly", 0)
            if old in settings.causes:
                fault = message("The earlier key {old} of the cause {key} is a key of today.", old=old, key=key)
                hint = message("Remove it from formerly, or give the cause {old} another key.", old=old)
                yield problem("settings", path, line, fault, hint)
            elif first.setdefault(old, key) != key:
                fault = message(
                    "The earlier key {old} of the cause {key} is also one of {other}.",
                    old=old,
                    key=key,
                    other=first[old],
                )
                hint = message("Keep it under one of the two: lessons that use it then belong to that one.")
                yield problem("settings", path, line, fault, hint)
