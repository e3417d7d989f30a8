"""The starter garden as a site: clean when strict, the same bytes each time, and every link leads somewhere."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from building import Site, build
from crawling import dead_links, foreign_sources
from planting import ROOT

EPOCH = "1780000000"
TEXTS = (".html", ".json", ".xml", ".txt")


@pytest.fixture(scope="module")
def fixed_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        yield


@pytest.fixture(scope="module")
def site(fixed_day: None, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("starter") / "site", strict=True)


def test_a_strict_build_is_clean(site: Site) -> None:
    assert site.warnings == []
    assert "index.html" in site.files()


def test_a_second_build_in_the_same_process_gives_the_same_bytes(site: Site, fixed_day: None, tmp_path: Path) -> None:
    again = build(ROOT / "mkdocs.yml", tmp_path / "site").files()
    first = site.files()
    assert set(first) == set(again)
    assert [path for path in first if first[path] != again[path]] == []


def test_a_build_in_another_process_gives_the_same_bytes(site: Site, tmp_path: Path) -> None:
    # Another seed for the hashes of text: nothing may depend on the order of a set.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "site")]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    first, again = site.files(), Site(tmp_path / "site", []).files()
    assert set(first) == set(again)
    assert [path for path in first if first[path] != again[path]] == []


def test_every_link_and_anchor_leads_somewhere(site: Site) -> None:
    assert dead_links(site) == []


def test_no_page_asks_another_host_for_anything(site: Site) -> None:
    assert foreign_sources(site) == []


def test_no_address_and_no_markup_of_ours_is_left_in_the_output(site: Site) -> None:
    for path, data in site.files().items():
        if path.endswith(TEXTS) and not path.startswith("assets/javascripts"):
            text = data.decode()
            assert not re.findall(r"[\w.+-]+@(?!example\.org|old-laptop\.example\.org)[\w-]+\.[\w.-]+", text), path
        if path.endswith(".html") and not path.startswith("handbook/"):
            assert "[[" not in re.sub(r"<(script|code|pre)\b.*?</\1>", "", text, flags=re.S), path


def test_what_is_for_the_garden_alone_is_not_published(site: Site) -> None:
    assert not [path for path in site.files() if path.endswith((".yml", ".md"))]


def test_every_page_has_one_title_and_a_language(site: Site) -> None:
    for path in site.files():
        if path.endswith(".html") and path != "404.html":
            html = site.html(path)
            assert len(re.findall(r"<h1\b", html)) <= 1, path
            assert re.search(r"<title>[^<]+</title>", html), path
            assert '<html lang="' in html, path
