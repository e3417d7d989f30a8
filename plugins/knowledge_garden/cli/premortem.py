"""garden premortem: before the work starts, the risks of a plan as the garden's lessons know them.

The JSON form is a document

    {"version", "file", "stage": {"key", "title", "words"} or null, "community": slug or null, "claimed", "left_out",
     "risks": [RISK…]}

`claimed` is false where nothing comes near the plan; then `risks` is empty. `words` are those by which the plan names its
stage, "" for a stage that was given. `left_out` is the number of sentences of a long plan that were not compared.
A RISK has

    cause, title, url    the key of a cause, its title, and its page's address, relative to the site
    weight               a whole number; only its order means something
    question, checks     what to ask first, and what to go through; question is "" where the cause has none
    prevention           what prevents it
    lessons              [{"slug", "path", "title", "url", "outcome"}…], nearest first
    prevented_by         the same, of successes
    because              [{"kind", "slug", "score", "sentence", "words"}…]: the lesson or cause that comes near, the plan's sentence
                         ("" for the plan as a whole), and the words that both share

Exit codes: 0, also where nothing is near; 2 wrong use, no garden there, or a file that can't be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from knowledge_garden.cli.common import find_content, now, read_written, to_json
from knowledge_garden.features.search import LIKENESS
from knowledge_garden.hints import did_you_mean
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model import addresses
from knowledge_garden.model.names import visible
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.plan import PlanRisk, plan_as_markdown, risks_of_plan
from knowledge_garden.reading.frontmatter import split_document
from knowledge_garden.reading.markdown import MarkdownReader
from knowledge_garden.search import MOST_SENTENCES, Document, Stage, match_plan, stage_of, text_document

JSON_VERSION = 1
_LESSONS = 3  # of each risk, in text


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--stage", help="The stage of work, a key of garden.yml; default: the one that the plan names.")
@click.option("--community", help="Slug of the community whose work it is.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, help="How many risks at most; default: 10.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How to say it."
)
@click.option(
    "--directory",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The garden that is asked; default: here.",
)
def premortem(file: Path, stage: str | None, community: str | None, limit: int, form: str, directory: Path) -> None:
    """Say how work like the plan in FILE went wrong before, or like the plan on standard input where FILE is -.

    FILE is a plan or a design document, in Markdown or plain text. Its risks are the causes of the lessons that come near it
    as a whole or in one sentence, the weightiest first, with a question to ask, checks, and the lessons. Lessons of the
    plan's stage of work and of its community count twice.
    """
    loaded = load_garden(find_content(directory), today=now(), with_history=False)
    settings = loaded.indexes.garden.settings
    for option, given, known in (
        ("--stage", stage, settings.stages),
        ("--community", community, loaded.indexes.garden.communities),
    ):
        _check(option, given, known)
    plan, headings = _read(file)
    chosen = Stage(stage, "") if stage else stage_of(plan, headings, settings)
    matches = match_plan(loaded.indexes[LIKENESS], plan)
    risks = risks_of_plan(loaded.indexes, matches.near, chosen.key if chosen else "", community or "")[:limit]
    if form == "json":
        click.echo(to_json(_document(loaded, file, chosen, community, matches.left_out, risks)), nl=False)
    elif form == "markdown" and risks:
        click.echo(plan_as_markdown(visible(plan.title), risks, loaded.language), nl=False)
    else:
        _print(loaded, chosen, risks)
    if matches.left_out and form != "json":
        click.echo(
            f"The first {MOST_SENTENCES} sentences were compared; {matches.left_out} were left out. "
            "Give a long plan part by part.",
            err=True,
        )


def _check(option: str, given: str | None, known: Mapping[str, object]) -> None:
    """Raises UsageError (exit 2) for a key that the garden does not have."""
    if given is not None and given not in known:
        hint = did_you_mean(given, known) or f"Choose from: {', '.join(known) or 'none yet'}."
        raise click.UsageError(f"{option} {given}: the garden has none of that name. {hint}")


def _read(file: Path) -> tuple[Document, list[str]]:
    """The plan and its headings. Its title is that of the front matter, else the first heading or line."""
    written = read_written(file)
    if file.suffix == ".txt":  # in Markdown, indented lines would be code
        written = "\n".join(line.strip() for line in written.splitlines())
    document = split_document(written, str(file))
    fields: Mapping[str, Any] = (document.values.data if document.values else None) or {}
    text = MarkdownReader().read(document.body, document.line)
    headings = [heading.text for heading in text.headings]
    lines = [line.strip() for line in document.body.splitlines() if line.strip()]
    title = str(fields.get("title") or "") or next(iter(headings), "") or next(iter(lines), "")
    return text_document(title, str(fields.get("summary") or ""), text.html), headings


def _document(
    loaded: LoadedGarden, file: Path, stage: Stage | None, community: str | None, left_out: int, risks: list[PlanRisk]
) -> dict[str, Any]:
    stages = loaded.indexes.garden.settings.stages
    return {
        "version": JSON_VERSION,
        "file": str(file),
        "stage": {"key": stage.key, "title": stages[stage.key].title, "words": stage.words} if stage else None,
        "community": community,
        "claimed": bool(risks),
        "left_out": left_out,
        "risks": [_risk(risk) for risk in risks],
    }


def _risk(plan_risk: PlanRisk) -> dict[str, Any]:
    risk = plan_risk.risk
    return {
        "cause": risk.key,
        "title": risk.cause.title,
        "url": Frame().url(addresses.cause(risk.key)),
        "weight": risk.weight,
        "question": risk.cause.question,
        "checks": list(risk.cause.tasks),
        "prevention": risk.cause.prevention,
        "lessons": [_lesson(lesson) for lesson in risk.lessons],
        "prevented_by": [_lesson(lesson) for lesson in risk.prevented_by],
        "because": [
            {
                "kind": near.document.kind.value,
                "slug": near.document.key,
                "score": near.score,
                "sentence": near.sentence,
                "words": list(near.words),
            }
            for near in plan_risk.because
        ],
    }


def _lesson(lesson: Lesson) -> dict[str, str]:
    return {
        "slug": lesson.slug,
        "path": lesson.path,
        "title": lesson.title,
        "url": Frame().url(lesson.path),
        "outcome": lesson.fields.outcome,
    }


def _print(loaded: LoadedGarden, stage: Stage | None, risks: list[PlanRisk]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if stage:
        title = visible(loaded.indexes.garden.settings.stages[stage.key].title)
        source = f"named in the plan: “{visible(stage.words)}”; --stage chooses another" if stage.words else "as given"
        console.print(Text(f"Stage of work: {title} ({source})", style="dim"))
    if not risks:
        console.print("No lesson and no cause comes near this plan.")
    for number, plan_risk in enumerate(risks, 1):
        cause = plan_risk.risk.cause
        console.print(Text(f"\n{number}. {visible(cause.title)}", style="bold"))
        if cause.question:
            console.print(Text(f"   Ask: {visible(cause.question)}"))
        for check in cause.tasks:
            console.print(Text(f"   [ ] {visible(check)}"))
        for lesson in plan_risk.risk.lessons[:_LESSONS]:
            console.print(Text(f"   Lesson: {visible(lesson.title)}  ").append(visible(lesson.path), style="dim"))
        near = plan_risk.because[0]
        sentence = f" in “{visible(near.sentence)}”" if near.sentence else ""
        console.print(Text(f"   Why: {visible(', '.join(near.words))}{sentence}", style="dim"))
