"""Asks for what a new record needs, until each answer fits, and writes its file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click
import frontmatter

from knowledge_garden.cli.common import find_content, now
from knowledge_garden.cli.drafts import Draft
from knowledge_garden.cli.site import site_markdown
from knowledge_garden.hints import did_you_mean
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model.addresses import RESERVED, make_slug
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import SEVERITY_LABELS, Problem, Severity
from knowledge_garden.model.records import Kind

_STILL_TO_DO = ("prompt-left", "missing-heading")
"""What a new record can't have yet."""


class Maker:
    """Asks for what was not given, where there is somebody to ask, and writes the file."""

    def __init__(self, directory: Path, kind: Kind) -> None:
        self.content = find_content(directory)
        self.kind = kind
        self.asks = self.somebody()
        self.loaded: LoadedGarden = load_garden(self.content, today=now(), with_history=False)
        self.text = self.loaded.language.text
        self.draft = Draft(self.content, kind)
        if self.asks and self.draft.read():
            question = message("Answers from last time are kept. Go on with them?")
            if not click.confirm(self.text(question), default=True):
                self.draft.forget()

    @staticmethod
    def somebody() -> bool:
        """Whether somebody sits there who can be asked."""
        return sys.stdin.isatty()

    def ask(self, option: str, given: str | None, question: str, fits: Callable[[str], str] = str.strip) -> str:
        """What was given, or the answer to a question, put through `fits`, which raises ValueError with the reason."""
        if given is not None or not self.asks:
            if not (given or "").strip():
                raise click.UsageError(f"Missing option {option}: {self.text(question)}")
            try:
                return fits(given or "")
            except ValueError as error:
                raise click.UsageError(f"{option}: {error}") from error
        return self._answered(option, question, lambda answer: [fits(answer)])[0]

    def ask_some(self, option: str, question: str) -> list[str]:
        """Answers until an empty one; none where nobody can be asked."""
        answers = list(self.draft.answers.get(option, ()))
        for answer in answers:
            click.echo(f"{self.text(question)} {answer}")
        prompt = self.text(message("{question} (Enter to go on)", question=question))
        while self.asks and (answer := self._prompted(prompt, default="")):
            answers.append(answer.strip())
            self.draft.keep(option, answers)
        return answers

    def choose(self, option: str, given: str | None, question: str, choices: Mapping[str, object]) -> str:
        """One of `choices`: slug or key → what has a title."""
        if given is not None or not self.asks:
            return self.checked(option, [self.ask(option, given, question)], choices)[0]
        return self._chosen(option, question, choices, one=True)[0]

    def choose_some(
        self, option: str, given: Iterable[str], question: str, choices: Mapping[str, object], *, optional: bool = False
    ) -> list[str]:
        """One or more of `choices`; none too where it is `optional`."""
        chosen = list(given)
        if not chosen and self.asks and choices:
            return self._chosen(option, question, choices, optional=optional)
        if not chosen and not optional:
            raise click.UsageError(
                f"Missing option {option}: {self.text(question)} Choose from: {', '.join(choices) or 'none yet'}."
            )
        return self.checked(option, chosen, choices)

    def checked(self, option: str, given: Iterable[str], choices: Mapping[str, object]) -> list[str]:
        """What was given on the command line, each once. Raises UsageError for what is not among `choices`."""
        given = list(dict.fromkeys(given))
        for slug in given:
            if slug not in choices:
                hint = did_you_mean(slug, choices) or f"Choose from: {', '.join(choices) or 'none yet'}."
                raise click.UsageError(f"{option}: there is no {slug} here. {hint}")
        return given

    def _chosen(
        self, option: str, question: str, choices: Mapping[str, object], *, one: bool = False, optional: bool = False
    ) -> list[str]:
        """The answer to a question whose choices are shown with their titles. Titles are taken as well as slugs."""
        if option not in self.draft.answers:
            for slug, named in choices.items():
                title = self.text(str(getattr(named, "title", named)))
                click.echo(f"  {slug}" + (f"  {title}" if title != slug else ""))
        names = {name.casefold(): slug for slug, named in choices.items() for name in (_title(named), slug) if name}

        def fitting(answer: str) -> list[str]:
            parts = [answer] if one or answer.strip().casefold() in names else answer.split(",")
            written = [part.strip() for part in parts if part.strip()]
            for part in written:
                if part.casefold() not in names:
                    near = did_you_mean(part, names)
                    reason = message("there is no {name} here.", name=part)
                    raise ValueError(f"{self.text(reason)} {self.text(near)}".rstrip())
            return list(dict.fromkeys(names[part.casefold()] for part in written))

        asked = question if one else message("{question} (several with commas between)", question=question)
        return self._answered(option, asked, fitting, optional=optional)

    def _answered(
        self, option: str, question: str, fitting: Callable[[str], list[str]], *, optional: bool = False
    ) -> list[str]:
        """Asks until the answer fits, and keeps it. An answer of last time is shown and taken."""
        kept = self.draft.answers.get(option)
        if kept is not None:
            click.echo(f"{self.text(question)} {', '.join(kept)}")
            return kept

        def value(answer: str) -> list[str]:
            try:
                return fitting(answer)
            except ValueError as error:
                raise click.BadParameter(str(error)) from error

        default = "" if optional else None
        answers: list[str] = self._prompted(self.text(question), value_proc=value, default=default)
        self.draft.keep(option, answers)
        return answers

    def _prompted(self, question: str, **options: Any) -> Any:
        """The answer to a question. Whoever interrupts it reads that the earlier answers are not lost."""
        try:
            return click.prompt(question, show_default=False, **options)
        except click.Abort:
            if self.draft.answers:
                click.echo(f"\n{self.text(message('Your answers are kept. The same command goes on with them.'))}")
            raise

    def write(self, folder: str, name: str, fields: Mapping[str, Any], body: str) -> Path:
        """Write the record and say what it still lacks. Nothing that is there is ever written over."""
        target = self._target(folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = frontmatter.dumps(
            frontmatter.Post(f"{body}\n", **fields), sort_keys=False, allow_unicode=True, width=100
        )
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text.rstrip("\n") + "\n")
        self.draft.forget()
        click.echo(self.text(message("Written: {path}", path=str(target))))
        for problem in self._problems(target):
            click.echo(
                f"  {self.text(SEVERITY_LABELS[problem.severity])}: {self.text(problem.message)} {self.text(problem.hint)}"
            )
        click.echo(self.text(message("Open it, tell the story, then run: garden check")))
        return target

    def _target(self, folder: str, name: str) -> Path:
        slug = make_slug(name)
        if not slug:
            raise click.UsageError(f"No file name can be made from {name!r}. Give one with --slug, in letters a to z.")
        if slug in RESERVED:
            raise click.UsageError(
                f"{slug} names a folder's own page, so it can't name a record. Give another with --slug."
            )
        taken = self.loaded.garden.of(self.kind).get(slug)
        target = self.content / folder / f"{slug}.md"
        if taken or target.exists():
            taken_by = taken.path if taken else target.relative_to(self.content)
            raise click.UsageError(f"{slug} is already the name of {taken_by}. Give another with --slug.")
        return target

    def _problems(self, target: Path) -> list[Problem]:
        markdown, _ = site_markdown(self.content)
        loaded = load_garden(self.content, today=now(), with_history=False, markdown=markdown)
        path = loaded.garden.file(target.relative_to(self.content).as_posix())
        return [
            problem
            for problem in loaded.problems
            if problem.path == path and problem.severity is not Severity.NOTICE and problem.code not in _STILL_TO_DO
        ]


def _title(named: object) -> str:
    return str(getattr(named, "title", ""))
