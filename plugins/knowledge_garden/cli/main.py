"""The garden command and its exit codes: 0 no errors, 1 errors found, 2 wrong use or no garden there."""

from __future__ import annotations

from importlib import import_module

import click

# Name → where it is defined. A command is imported when it is called for, so that the others do not wait for it.
_COMMANDS = {
    "check": "knowledge_garden.cli.check:check",
    "community": "knowledge_garden.cli.community:community",
    "credits": "knowledge_garden.cli.credits:credits_group",
    "due": "knowledge_garden.cli.due:due",
    "new": "knowledge_garden.cli.new:new",
    "premortem": "knowledge_garden.cli.premortem:premortem",
    "samples": "knowledge_garden.cli.samples:samples",
    "report": "knowledge_garden.cli.report:report",
    "schema": "knowledge_garden.cli.schema:schema",
    "search": "knowledge_garden.cli.search:search_command",
    "similar": "knowledge_garden.cli.search:similar",
}


class _Commands(click.Group):
    """The garden's own commands, then those of installed plugins."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*_COMMANDS, *_plugin_commands()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return _plugin_commands().get(cmd_name)
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def _plugin_commands() -> dict[str, click.Command]:
    from knowledge_garden.features import installed_plugins

    return {command.name: command for command in installed_plugins().call("garden_commands") if command.name}


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="knowledge-garden")
def main() -> None:
    """Check and maintain a knowledge garden."""
