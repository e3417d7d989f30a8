"""One verdict: the check, its scripts, and a strict build, quiet or not, say the same of every small garden."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli as mkdocs

from building import ALL, configure
from knowledge_garden.cli import main
from planting import NAMES, ROOT, plant

DAY = "1780272000"  # 1 June 2026
NO_HISTORY = [{"garden": {"history": False, "cache": ""}}, *ALL[1:]]
OF_SCRIPTS = ["few-sources", "broken-link"]
"""Through the scripts, which take seconds each: one without problems, one with an error, a notice, a file refused."""


@pytest.fixture(autouse=True)
def _one_day_and_the_same_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    logger = logging.getLogger("mkdocs")
    level, handlers = logger.level, list(logger.handlers)
    yield
    logger.setLevel(level)
    logger.handlers = handlers


def checked(folder: Path) -> int:
    return CliRunner().invoke(main, ["check", "--no-history", str(folder)]).exit_code


def built(config: Path, *options: str) -> int:
    """The exit code of a strict build; an exception would be no verdict."""
    arguments = ["build", "--strict", "--config-file", str(config), "--site-dir", str(config.parent / "site"), *options]
    done = CliRunner().invoke(mkdocs, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code


# A third of the gardens in each run, and all of them with `-m soak`: each takes a check and two builds.
EVERY_RUN = NAMES[::3]
OTHERS = [pytest.param(name, marks=pytest.mark.soak) for name in NAMES if name not in EVERY_RUN]


@pytest.mark.parametrize("name", [*EVERY_RUN, *OTHERS])
def test_check_and_strict_build_agree(name: str, tmp_path: Path) -> None:
    plant(name, tmp_path)
    config = configure(tmp_path, NO_HISTORY)
    verdicts = {"check": checked(tmp_path), "build": built(config), "quiet build": built(config, "--quiet")}
    assert len(set(verdicts.values())) == 1, verdicts
    assert set(verdicts.values()) <= {0, 1}


SITES = {
    "an entry of the navigation without a page": (1, {"nav": [{"Home": "index.md"}, {"More": [{"None": "none.md"}]}]}),
    "a withheld page in the navigation": (1, {"nav": [{"Home": "index.md"}, {"Secret": "secret.md"}]}),
    "pages and links in the navigation": (
        0,
        {"nav": ["index.md", {"All": "lessons/index.md"}, {"X": "https://example.org/"}, {"F": "failures/haste.md"}]},
    ),
    "a link to the page of a plugin that is off": (1, {"plugins": [each for each in NO_HISTORY if each != ALL[2]]}),
    "a garden without a navigation": (0, {}),
}


@pytest.mark.parametrize("site", SITES)
def test_they_agree_on_what_mkdocs_yml_says(site: str, tmp_path: Path) -> None:
    code, options = SITES[site]
    content = plant("good", tmp_path)
    (content / "page.md").write_text("# A page\n\n[Haste](failures/haste.md)\n", encoding="utf-8")
    if "Secret" in str(options):
        (content / "secret.md").write_text("---\naudience: us\n---\n# Secret\n", encoding="utf-8")
    config = configure(tmp_path, **{"plugins": NO_HISTORY, **options})
    verdicts = {"check": checked(tmp_path), "build": built(config), "quiet build": built(config, "--quiet")}
    assert verdicts == {"check": code, "build": code, "quiet build": code}


def test_a_quiet_build_stays_quiet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plant("good", tmp_path)
    config = configure(tmp_path, NO_HISTORY, nav=["index.md", "none.md"])
    assert built(config, "--quiet") == 1
    assert "none.md" not in capfd.readouterr().err


@pytest.mark.parametrize("name", OF_SCRIPTS)
def test_the_scripts_give_the_same_verdict(name: str, tmp_path: Path) -> None:
    plant(name, tmp_path)
    config = configure(tmp_path, NO_HISTORY)
    codes = set()
    site = ["--config-file", str(config), "--site-dir", str(tmp_path / "site")]
    for command in (["check", "--no-history", str(tmp_path)], ["build", *site], ["build", "--quiet", *site]):
        environment = os.environ | {"SOURCE_DATE_EPOCH": DAY}
        done = subprocess.run(
            [ROOT / "scripts" / command[0], *command[1:]], env=environment, capture_output=True, check=False
        )
        codes.add(done.returncode)
    assert codes == {checked(tmp_path)}
