"""Golden cases of what becomes of lessons: a garden with a made-up history → plain values that a case can list.

A case has `lessons` (slug → fields that differ from those of a failure of the harbour), and may have `created`
(content path → day on which the history says that it came), `communities` (slug → fields), `people`, `today`.
"""

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from knowledge_garden import load_garden
from knowledge_garden.features import installed_plugins
from knowledge_garden.features.lifecycle import feed_words
from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.actions import ActionEntry
from knowledge_garden.indexes.chains import Recurrence
from knowledge_garden.indexes.due import index_due
from knowledge_garden.loading import index_garden
from knowledge_garden.locale import ENGLISH
from knowledge_garden.model.contributions import Contribution, History, Identity, PageHistory
from knowledge_garden.outputs.celebrations import celebrations_feed
from knowledge_garden.pages.celebrations import celebration_text
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.markdown import Pages
from knowledge_garden.pages.report import report_markdown
from knowledge_garden.pages.wording import recurrence_text
from planting import TODAY, plant

LESSON = {
    "summary": "It happened.",
    "outcome": "failure",
    "communities": ["harbour"],
    "causes": ["haste"],
    "sources": ["One", "Two"],
}


def indexes_of(case: dict[str, Any], folder: Path) -> Indexes:
    """The indexes of the garden of a case."""
    content = plant("good", folder)
    for path in ("lessons/2020/spring-flood.md", "lessons/2021/dry-dock.md"):
        (content / path).unlink()
    (content / "index.md").write_text("# Home\n")
    (content / "lessons/2022").mkdir()
    for slug, fields in case["lessons"].items():
        _write(content / f"lessons/2022/{slug}.md", LESSON | {"title": slug.title()} | fields)
    for slug, fields in case.get("communities", {}).items():
        charter = {"title": slug.title(), "purpose": "P.", "sponsor": "linnea-borealis", "leads": ["rosa-canina"]}
        _write(content / f"communities/{slug}.md", charter | fields)
    for slug, fields in case.get("people", {}).items():
        _write(content / f"people/{slug}.md", fields)
    loaded = load_garden(content, today=case.get("today", TODAY), with_history=False)
    created = {f"content/{path}": day for path, day in case.get("created", {}).items()}
    contributions = tuple(
        Contribution(
            Identity(entry["by"]), entry.get("role", "wrote"), f"content/{path}", entry["day"], "a" * 40, "author"
        )
        for path, entries in case.get("history", {}).items()
        for entry in entries
    )
    history = loaded.garden.history
    if created or contributions:
        pages = {path: PageHistory(path, created=day, updated=day) for path, day in created.items()}
        history = History("complete", revision="b" * 40, pages=pages, contributions=contributions)
    indexes, _ = index_garden(replace(loaded.garden, history=history), installed_plugins())
    return indexes


def _write(path: Path, fields: dict[str, Any]) -> None:
    path.write_text(f"---\n{yaml.safe_dump(fields, sort_keys=False)}---\n", encoding="utf-8")


def values(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What a case asks for under `expected`, and nothing else."""
    indexes = indexes_of(case, folder)
    return {key: _VALUES[key](indexes, case) for key in case["expected"]}


def _chains(indexes: Indexes, _: dict[str, Any]) -> list[dict[str, Any]]:
    return [_chain(recurrence) for recurrence in indexes.recurrences.all]


def _chain(recurrence: Recurrence) -> dict[str, Any]:
    return {
        "times": [
            [
                time.lesson.slug,
                *(f"{one.entry.action.what}: {one.entry.state}, {one.open_then}" for one in time.recommendations),
            ]
            for time in recurrence.times
        ],
        "still_open": list(recurrence.still_open),
        "too_late": list(recurrence.too_late),
        "text": recurrence_text(recurrence),
    }


def _steps(indexes: Indexes, _: dict[str, Any]) -> dict[str, Any]:
    return {
        slug: {
            "steps": " ".join(
                f"{step.key}{'' if step.reached else '-'}{f' {step.when}' if step.when else ''}"
                f"{f' ({step.number}/{step.total})' if step.total else ''};"
                for step in way.steps
            ),
            "current": way.current.key,
            "learned": way.learned,
        }
        for slug, way in indexes.lifecycles.items()
    }


def _balance(indexes: Indexes, _: dict[str, Any]) -> dict[str, Any]:
    return {
        slug: {
            "failures": one.failures,
            "successes": one.successes,
            "years": [list(year) for year in one.years],
            "last_failure": one.last_failure,
            "quiet": one.quiet,
        }
        for slug, one in indexes.balance.items()
    }


def _actions(indexes: Indexes, _: dict[str, Any]) -> dict[str, list[str]]:
    def shown(entry: ActionEntry) -> str:
        return f"{entry.action.what}{f' ({entry.late})' if entry.late else ''}"

    return {state: [shown(entry) for entry in entries] for state, entries in indexes.actions.by_state.items()}


def _due(indexes: Indexes, case: dict[str, Any]) -> dict[str, list[str]]:
    due = index_due(indexes.publication, indexes.actions, indexes.freshness, case.get("within", 30))
    return {
        slug: [f"{item.late} {item.kind} {item.shown_owner or '-'}: {item.what or item.title}" for item in items]
        for slug, items in due.items()
    }


def _celebrations(indexes: Indexes, _: dict[str, Any]) -> list[str]:
    return [
        f"{one.when} {one.kind}: {celebration_text(indexes.garden, one)}{' (sample)' if one.sample else ''}"
        for one in indexes.celebrations.all
    ]


def _effect(indexes: Indexes, _: dict[str, Any]) -> dict[str, Any]:
    return {
        slug: {
            "lessons": one.lessons,
            "results": one.results,
            "thanks": one.thanks,
            "uses": [f"{use.when or '-'} {use.user.name}" for use in one.uses],
            "named": [[lesson.slug, *(actor.name for actor in actors)] for lesson, actors in one.named],
        }
        for slug, one in indexes.effect.communities.items()
    }


def _maintenance(indexes: Indexes, _: dict[str, Any]) -> dict[str, Any]:
    return {
        slug: {
            owner.name if owner else "-": [f"{care.title}: {', '.join(care.reasons)}" for care in pages]
            for owner, pages in one.owners
        }
        for slug, one in indexes.maintenance.communities.items()
    }


def _feed(indexes: Indexes, case: dict[str, Any]) -> str:
    frame = Frame(site=case.get("site", ""))
    return celebrations_feed(indexes.celebrations, feed_words(indexes.garden, frame)).content().decode()


def _report(indexes: Indexes, case: dict[str, Any]) -> str:
    asked = case["report"]
    pages = Pages(indexes.garden, Frame(), case.get("site", ""))
    since, until = (datetime.date.fromisoformat(str(asked[name])) for name in ("since", "until"))
    return report_markdown(indexes, pages, ENGLISH, asked.get("community", ""), since, until)


def _possible(indexes: Indexes, _: dict[str, Any]) -> list[list[str]]:
    return [[pair.later.slug, pair.earlier.slug] for pair in indexes.possible_recurrences]


_VALUES: dict[str, Callable[[Indexes, dict[str, Any]], Any]] = {
    "chains": _chains,
    "steps": _steps,
    "balance": _balance,
    "actions": _actions,
    "due": _due,
    "celebrations": _celebrations,
    "effect": _effect,
    "maintenance": _maintenance,
    "feed": _feed,
    "report": _report,
    "possible": _possible,
}
