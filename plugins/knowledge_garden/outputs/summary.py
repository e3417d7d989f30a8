"""What a check found, in plain words and in Markdown: for one comment beneath a proposed change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge_garden.locale import Language
from knowledge_garden.model.messages import message, messages
from knowledge_garden.model.names import visible
from knowledge_garden.model.problems import Problem, Severity

_SHOWN = 30  # problems that the comment lists
_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+!|~$:@&]")
# Hosts look for accounts and issues in what was rendered, where an entity is the sign again; a comment parts them.
_PARTED = {"@": "@<!-- -->", "#": "#<!-- -->"}
_TITLES = {
    Severity.ERROR: message("Must be fixed before the change can be published"),
    Severity.WARNING: message("Please look at"),
}


def summary(problems: Sequence[Problem], pages: int, language: Language, preview: str = "") -> str:
    """A comment for whoever proposed the change. Notices are counted only. `preview`: the address of a preview, or ""."""
    text = language.text
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
    if errors:
        verdict = messages(
            "{number} thing must be fixed before this can be published.",
            "{number} things must be fixed before this can be published.",
            len(errors),
        )
    elif warnings:
        verdict = messages(
            "This can be published. {number} thing is worth a look.",
            "This can be published. {number} things are worth a look.",
            len(warnings),
        )
    else:
        verdict = message("This can be published. Nothing is wrong.")
    read = messages("{number} page was read.", "{number} pages were read.", pages)
    parts = [f"**{_plain(text(verdict))}** {_plain(text(read))}"]
    if preview:
        parts.append(_plain(text(message("Preview:"))) + f" <{_address(preview)}>")
    left = _SHOWN
    for listed in (errors, warnings):
        if listed:
            parts.append(f"### {_plain(text(_TITLES[listed[0].severity]))}")
            parts.append("\n".join(_item(problem, language) for problem in listed[: max(left, 1)]))
            left -= len(listed)
    more = len(errors) + len(warnings) - _SHOWN
    if more > 0:
        parts.append(
            _plain(
                text(
                    messages(
                        "{number} more is in the log of the check.", "{number} more are in the log of the check.", more
                    )
                )
            )
        )
    if errors or warnings:
        help_text = message(
            "Much of this is fixed by “garden check --fix”. If you are stuck, ask here: somebody helps."
        )
        parts.append(_plain(text(help_text)))
    return "\n\n".join(parts) + "\n"


def _item(problem: Problem, language: Language) -> str:
    said = " ".join(_plain(visible(language.text(part))) for part in (problem.message, problem.hint) if part)
    return f"- `{visible(problem.location).replace('`', '')}` {said}"


def _plain(text: str) -> str:
    """A text that Markdown shows as it is: no markup, no mention of an account, no reference to an issue."""
    return _SIGNS.sub(lambda sign: _PARTED.get(sign[0], f"&#{ord(sign[0])};"), " ".join(text.split())).replace(
        "www.", "www&#46;"
    )


def _address(url: str) -> str:
    return re.sub(r"[\s<>]", "", visible(url))
