"""Logs the problems of a garden as MkDocs logs its own, and stops a strict build at an error."""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger

from knowledge_garden.locale import Language
from knowledge_garden.model.messages import message, messages
from knowledge_garden.model.names import visible
from knowledge_garden.model.problems import Problem, Severity, shown_problems
from knowledge_garden.store import Store

log = get_plugin_logger("garden")
_IN_ABORT = 3  # errors that the message of a stopped build repeats


def report(problems: Sequence[Problem], language: Language, *, strict: bool) -> None:
    """Log the problems. Raises Abort for an error in a strict build, which must never end in a published page."""
    # MkDocs' strict mode stops on what is logged as a warning; of the garden's problems only errors are to stop it.
    shown, more = shown_problems(problems)
    first: list[str] = []
    for problem in shown:
        line = visible(
            f"{problem.location}: {language.text(problem.message)} {language.text(problem.hint)} [{problem.code}]"
        )
        if problem.severity is Severity.ERROR:
            log.warning(line)
            first = [*first, line][:_IN_ABORT]
        elif problem.severity is Severity.WARNING:
            log.info("(warning) %s", line)
        else:
            log.debug(line)
    if more:
        hidden = messages(
            "{number} more problem is not shown; “garden check --format json” lists them all.",
            "{number} more problems are not shown; “garden check --format json” lists them all.",
            more,
        )
        log.info(language.text(hidden))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if strict and errors:
        # Not left to MkDocs, which counts only what it prints: with --quiet it would count nothing, and publish.
        others = [language.text(message("… and {number} more: “garden check” lists them.", number=errors - len(first)))]
        text = "\n".join([*first, *(others if errors > len(first) else [])])
        stopped = messages(
            "Stopped: the garden has {number} error.", "Stopped: the garden has {number} errors.", errors
        )
        raise Abort(f"{language.text(stopped)}\n{text}")


def advise_on_plugins(config: MkDocsConfig) -> None:
    """Log which plugins of the site do work that nothing uses."""
    if "search" in config.plugins or "material/search" in config.plugins:
        log.info("The garden has its own search. Remove “- search” from mkdocs.yml to build faster.")


def report_reuse(why_not: str, store: Store) -> None:
    """Log why a build makes every page anew, where the site did not ask for that."""
    if store.fault:
        log.info("What builds keep can't be used, so everything is made anew (%s).", store.fault)
    elif why_not and store.is_on:
        log.debug("Every page is made anew: %s.", why_not)
