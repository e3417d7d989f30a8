"""The handbook's reference of all commands, made from the definitions of the commands, those of plugins included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc

import click

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Indexes
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage

COMMANDS = "handbook/commands.md"
"""The path of the page in the content folder."""


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """One command. `usage` is what to type; `options` are pairs of the option with its value, and its meaning."""

    name: str
    anchor: str
    usage: str
    paragraphs: tuple[str, ...]
    options: tuple[tuple[str, str], ...]


@hookimpl
def garden_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The reference of all commands."""
    yield GeneratedPage(
        COMMANDS,
        message("Reference of all commands"),
        message("What each command of garden does, and its options."),
        "commands.html",
        _values,
        wide=False,
    )


def command_entries() -> list[CommandEntry]:
    """Every command that does something, in the order of `garden --help`; groups are represented by their commands."""
    from knowledge_garden.cli.main import main  # its module lists the commands of plugins, of which this is one

    return list(_entries(main, click.Context(main, info_name="garden")))


def _entries(command: click.Command, context: click.Context) -> Iterator[CommandEntry]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if part := command.get_command(context, name):
                yield from _entries(part, click.Context(part, info_name=name, parent=context))
        return
    name = context.command_path
    records = (parameter.get_help_record(context) for parameter in command.get_params(context))
    yield CommandEntry(
        name=name,
        anchor=name.replace(" ", "-"),
        usage=" ".join([name, *command.collect_usage_pieces(context)]),
        paragraphs=tuple(" ".join(text.split()) for text in cleandoc(command.help or "").split("\n\n")),
        options=tuple(record for record in records if record and record[1]),  # arguments have no help of their own
    )


def _values(_: Indexes) -> Mapping[str, object]:
    return {"commands": command_entries()}
