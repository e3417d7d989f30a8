"""`anonymous: true`: who shared or wrote such a lesson is in no page, feed, ledger, search file, or trailer that is shown.
A private list (`--identities`) still credits them, in a ledger for themselves and their lead."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from building import ALL, build, configure
from history.repository import Repository
from knowledge_garden.cli import main

LESSON = """---
title: A valve left open
summary: A valve stayed open over night. Look at the board before you go.
outcome: failure
communities: [harbour]
causes: [haste]
date: 2024
sources: [The log, The board]
anonymous: true
told_by: [tilia-cordata]
---
## Context
It was late.

## What we expected
That somebody would close it.

## What happened
It stayed open.

## Why it happened
All were in haste.

## What we learned
Look at the board.

## What to do next time
- Look at the board.
"""
PAGE = "content/lessons/2024/valve.md"
SECRETS = ("a voice", "voice-7", "quercus writer", "betula helper", "tilia cordata", "tilia-cordata", "@garden.test")
FORMATS = ["text", "json", "github", "gitlab", "sarif", "markdown"]


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    repository = Repository(tmp_path_factory.mktemp("anonymous"))
    repository.commit(
        by="Ann Rose",
        write={
            "content/index.md": "# Garden\n\nSee [[valve]].\n",
            "content/garden.yml": "causes: {haste: {title: Haste}}\n",
            "content/people/ann.md": "---\nname: Ann Rose\n---\n",
            "content/communities/harbour.md": "---\ntitle: H\npurpose: P.\nsponsor: ann\nleads: [ann]\n---\nText.\n",
        },
    )
    trailers = "Reported-by: A Voice <voice-7@garden.test>\nHelped-by: Betula Helper <b@garden.test>"
    repository.commit(f"Add it\n\n{trailers}", by="Quercus Writer <q@garden.test>", write={PAGE: LESSON})
    repository.git("reset", "--quiet", "--hard", "main")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1709251200")  # 1 March 2024
        yield repository.path


@pytest.fixture
def identities(tmp_path: Path) -> Path:
    file = tmp_path / "identities.txt"
    file.write_text("voice-7@garden.test: Rosa Canina\nq@garden.test: Salix Alba\n", encoding="utf-8")
    return file


def secrets_in(text: str) -> list[str]:
    return [secret for secret in (*SECRETS, "rosa canina", "salix alba") if secret in text.casefold()]


def test_no_file_of_the_site_names_them(garden: Path, tmp_path: Path) -> None:
    config = configure(garden, ALL, repo_url="https://github.com/example/garden")
    files = build(config, tmp_path / "site").files()
    config.unlink()
    assert "lessons/2024/valve/index.html" in files
    assert {"credits/index.html", "search/index.html"} <= set(files)
    texts = {path: gzip.decompress(data) if path.endswith(".gz") else data for path, data in files.items()}
    assert b"Someone who prefers not to be named" in texts["lessons/2024/valve/index.html"]
    found = {path: secrets_in(f"{path} {text.decode('utf-8', 'replace')}") for path, text in texts.items()}
    assert {path: secrets for path, secrets in found.items() if secrets} == {}


@pytest.mark.parametrize("form", FORMATS)
def test_no_form_of_the_check_names_them(garden: Path, form: str) -> None:
    done = CliRunner().invoke(main, ["check", "--format", form, str(garden)])
    assert done.exit_code in (0, 1)
    # The file itself holds the slug that its own field names, and nobody could correct it without it.
    said = done.output.replace("&#95;", "_").replace("Nobody has the slug tilia-cordata.", "")
    assert secrets_in(said) == []


def contributions(garden: Path, *options: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(main, ["credits", "ledger", "--repository", str(garden), *options])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["pages"][PAGE]["contributions"]


def test_the_ledger_for_readers_names_nobody_even_with_a_private_list(garden: Path, identities: Path) -> None:
    for options in ([], ["--identities", str(identities)]):
        lines = contributions(garden, *options)
        assert lines
        assert {line["person"] for line in lines} == {"Someone who prefers not to be named"}
        assert secrets_in(json.dumps(lines)) == []


def test_a_private_ledger_credits_them_by_the_private_list(garden: Path, identities: Path) -> None:
    lines = contributions(garden, "--names", "full", "--identities", str(identities))
    credited = {(line["person"], line["role"]) for line in lines}
    assert {("Rosa Canina", "reported"), ("Salix Alba", "wrote"), ("Betula Helper", "helped")} <= credited
