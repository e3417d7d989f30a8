"""What content and commits say reaches a terminal and a log without anything that either would obey."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from building import ALL, build, configure
from credit.conftest import lesson
from history.repository import Repository
from knowledge_garden.cli import main

OBEYED = ["\x1b[31mred", "\r::error title=hurt::x", "\x07", "\x9b2J", "\u202eeman", "\u2028::warning::x"]


def letters(log: str) -> set[str]:
    return {letter for letter in log if not letter.isprintable()} - {"\n"}


@pytest.fixture(params=OBEYED, ids=ascii)
def hostile(request: pytest.FixtureRequest, garden: Repository) -> Path:
    """A garden whose content says it in a field of front matter, an unknown key, a link, a role of credits.yml and a name."""
    text = request.param.encode("unicode_escape").decode().replace("\\x", "\\u00")
    more = f'stage: "{text}"\n"{text}": 1\norigin: {{"{text}": "{text}"}}\nowner: "a-{text}"\n'
    garden.commit(
        by=f"Eve {request.param} <eve@garden.test>",
        write={
            "content/lessons/2023/swarm.md": lesson(
                "The swarm", "[a](b-{}.md) [[c-{}]]".format(*[request.param] * 2), more
            ),
            "content/credits.yml": f'declared:\n  - {{person: "{text}", role: "{text}", date: 2024, page: "{text}", '
            f'community: "{text}", evidence: "https://example.org"}}\n',
        },
    )
    garden.git("reset", "--quiet", "--hard", "main")
    return garden.path


def test_nothing_is_obeyed_by_a_terminal(hostile: Path) -> None:
    for arguments in (["check"], ["check", "--format", "json"], ["credits", "ledger", "--repository"]):
        done = CliRunner().invoke(main, [*arguments, str(hostile)])
        assert done.stdout
        assert letters(done.output) == set(), arguments


def test_nothing_is_obeyed_by_the_log_of_a_build(hostile: Path, tmp_path: Path) -> None:
    site = build(configure(hostile, ALL), tmp_path / "site")
    assert any("swarm.md" in line for line in site.warnings)
    assert set().union(*map(letters, site.warnings)) == set()
