"""A site with a page of every kind, built once, served on this machine, and looked at with a real browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.watching import Contexts, Handler, Seen, Site, kinds_of
from planting import ROOT, STARTER, plant

# The sample workplace is what they look for; an organisation that removed it has nothing for them to find.
collect_ignore = [] if (STARTER / "communities" / "saltmarsh-crossings.md").exists() else ["test_messages.py"]

# No request but ours may leave the browser, not even its own.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def browsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests' own records beside this repository's handbook and configuration, as a repository.

    Whoever uses the template may replace the starter's records, so no test looks for one of those.
    """
    garden = tmp_path_factory.mktemp("garden")
    shutil.copy(ROOT / "mkdocs.yml", garden)
    content = plant("browsed", garden)
    for name in ["handbook", "index.md", "principles.md"]:
        place = STARTER / name
        shutil.copytree(place, content / name) if place.is_dir() else shutil.copy(place, content)
    with (content / "garden.yml").open("a", encoding="utf-8") as settings:
        settings.write("intake: {steward: garden@example.org}\n")
    commit(garden, "Acer Campestre", "acer@example.org")
    return garden


@pytest.fixture(scope="session")
def site(browsed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a page of every kind, built as a publisher would."""
    garden, folder = browsed, tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    told = {"NO_MKDOCS_2_WARNING": "1", "GARDEN_REPOSITORY_URL": "https://github.com/example/garden"}
    done = subprocess.run(command, cwd=garden, env=os.environ | told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(folder, f"http://127.0.0.1:{server.server_port}/", kinds_of(folder))
    server.shutdown()
    server.server_close()
    thread.join()


def commit(garden: Path, name: str, address: str) -> None:
    """Make a repository of a folder, with one commit."""
    git = ["git", "-c", f"user.name={name}", "-c", f"user.email={address}", "-c", "commit.gpgsign=false"]
    for arguments in [["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "Begin"]]:
        subprocess.run([*git, *arguments], cwd=garden, check=True)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def seen() -> Seen:
    """Filled by the pages that `open_context` made."""
    return Seen()


@pytest.fixture
def contexts(browser: Browser, site: Site, seen: Seen) -> Iterator[Contexts]:
    """Pages are closed, and what they noted is judged, after each test."""
    contexts = Contexts(browser, site, seen)
    yield contexts
    for context in contexts.made:
        context.close()
    assert seen.errors == []
    assert seen.outside == []
