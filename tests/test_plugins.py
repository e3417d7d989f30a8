"""Plugins of others: what each of tests/plugins/ adds to a garden, to its site and to the command line."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from building import build, configure
from knowledge_garden import GeneratedPage, Index, Indexes, hookimpl, installed_plugins, load_garden, plugins_of
from knowledge_garden.cli import main as garden_command
from knowledge_garden.features import PLUGINS
from knowledge_garden.hooks import GROUP, Hooks
from planting import ROOT, TODAY, plant

PLUGIN_FOLDER = ROOT / "tests/plugins"
MKDOCS = ["garden", "garden-links", "garden-failures", "garden-credits"]

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Makes modules of tests/plugins/ known as an installed package does: by an entry point."""

    def install(*modules: str) -> None:
        package = tmp_path / "installed/others-1.0.dist-info"
        package.mkdir(parents=True)
        (package / "METADATA").write_text("Metadata-Version: 2.1\nName: others\nVersion: 1.0\n")
        lines = "\n".join(f"{module} = {module}" for module in modules)
        (package / "entry_points.txt").write_text(f"[{GROUP}]\n{lines}\n")
        monkeypatch.syspath_prepend(package.parent)
        monkeypatch.syspath_prepend(PLUGIN_FOLDER)
        installed_plugins.cache_clear()

    yield install
    installed_plugins.cache_clear()


def test_an_index_a_page_and_a_check_with_its_code(install: Install, tmp_path: Path) -> None:
    install("reading_list")
    content = plant("good", tmp_path)
    loaded = load_garden(content, today=TODAY, with_history=False)
    citations = loaded.indexes.citations
    assert citations
    assert {citation.lesson_path for citation in citations} <= set(loaded.garden.pages)
    undated = [problem for problem in loaded.problems if problem.code == "undated-source"]
    assert undated
    assert all(problem.line > 1 and problem.hint for problem in undated)

    (content / "index.md").write_text("# Home\n\n[Reading](reading/index.md), [[reading]]\n", encoding="utf-8")
    site = build(configure(tmp_path), tmp_path / "site", strict=True)
    page = site.text("reading/index.html")
    assert "What our lessons cite." in page
    assert citations[0].title in page
    assert 'id="undated-source"' in site.html("handbook/problems/index.html")
    assert "reading/" in site.links("index.html"), "a link to the page of a plugin is no broken one"


def test_an_output(install: Install, tmp_path: Path) -> None:
    install("atom_feed")
    plant("good", tmp_path)
    site = build(configure(tmp_path), tmp_path / "site", strict=True)
    feed = site.html("feed.xml")
    assert feed.startswith("<?xml")
    assert 'href="lessons/2020/spring-flood/"' in feed


def test_a_page_for_each_year(install: Install, tmp_path: Path) -> None:
    install("by_year")
    plant("good", tmp_path)
    site = build(configure(tmp_path), tmp_path / "site", strict=True)
    assert "spring-flood" in site.html("years/2020/index.html")


def test_a_command(install: Install, tmp_path: Path) -> None:
    install("counting")
    content = plant("good", tmp_path)
    result = CliRunner().invoke(garden_command, ["count", str(content)])
    listed = CliRunner().invoke(garden_command, ["--help"]).output
    assert result.exit_code == 0, result.output
    assert "lesson " in result.output
    assert "Count the records." in listed


def test_a_plugin_needs_no_mkdocs(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    script = (
        "import sys, pathlib, datetime\n"
        f"sys.path.insert(0, {str(PLUGIN_FOLDER)!r})\n"
        "import counting\n"
        "from knowledge_garden import load_garden, plugins_of\n"
        "from knowledge_garden.features import PLUGINS\n"
        "plugins = plugins_of({**PLUGINS, 'counting': counting})\n"
        f"loaded = load_garden(pathlib.Path({str(content)!r}), today=datetime.date(2026, 1, 1), plugins=plugins)\n"
        "assert [command.name for command in plugins.call('garden_commands')] == ['count']\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'mkdocs']\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_theme_overrides_any_template(tmp_path: Path) -> None:
    plant("good", tmp_path)
    own = tmp_path / "overrides/knowledge-garden"
    own.mkdir(parents=True)
    (own / "failures.html").write_text('{% extends "own/failures.html" %}', encoding="utf-8")
    (own / "credits.html").write_text("<p>Our own thanks.</p>", encoding="utf-8")
    (tmp_path / "overrides/main.html").write_text((ROOT / "tests/site/theme/main.html").read_text(), encoding="utf-8")
    (tmp_path / "overrides/base.html").write_text((ROOT / "tests/site/theme/base.html").read_text(), encoding="utf-8")
    theme = {"name": None, "custom_dir": str(tmp_path / "overrides")}
    site = build(configure(tmp_path, MKDOCS, theme=theme), tmp_path / "site", strict=True)
    assert "Our own thanks." in site.text("credits/index.html")
    assert "Failures" in site.text("failures/index.html")


def test_features_are_plugins_that_can_be_left_out(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    plugins = plugins_of(PLUGINS)
    assert plugins.names == tuple(PLUGINS)
    fewer = plugins.leaving_out(["failures", "lifecycle"])
    loaded = load_garden(content, today=TODAY, with_history=False, plugins=fewer)
    assert not [page for page in loaded.pages if page.path.startswith("failures/")]
    assert loaded.indexes.failures.causes, "an index is there for whoever asks"


def test_two_plugins_may_not_make_one_thing(tmp_path: Path) -> None:
    class Other:
        @hookimpl
        def garden_indexes(self) -> list[Index[int]]:
            return [Index("links", lambda _: 1)]

    class Page:
        @hookimpl
        def garden_pages(self) -> list[GeneratedPage]:
            return [GeneratedPage("failures/index.md", "Mine", "", "failures.html")]

    content = plant("good", tmp_path)
    with pytest.raises(ValueError, match="Two indexes are called links"):
        load_garden(content, today=TODAY, with_history=False, plugins=plugins_of({**PLUGINS, "other": Other()}))
    with pytest.raises(ValueError, match=r"Two plugins make a page at failures/index\.md: Failures, Mine"):
        load_garden(content, today=TODAY, with_history=False, plugins=plugins_of({**PLUGINS, "page": Page()}))


def test_an_index_may_not_ask_for_itself(tmp_path: Path) -> None:
    class Circle:
        @hookimpl
        def garden_indexes(self) -> list[Index[object]]:
            return [Index("one", lambda indexes: indexes.two), Index("two", lambda indexes: indexes.one)]

    plugins = plugins_of({**PLUGINS, "circle": Circle()})
    indexes: Indexes = load_garden(plant("good", tmp_path), today=TODAY, with_history=False, plugins=plugins).indexes
    with pytest.raises(ValueError, match="one → two → one"):
        _ = indexes.one
    with pytest.raises(AttributeError, match="There is no index called three"):
        _ = indexes.three


def test_a_hook_that_is_not_one_is_refused() -> None:
    class Wrong:
        @hookimpl
        def garden_pags(self) -> list[object]:
            return []

    with pytest.raises(Exception, match="garden_pags"):
        plugins_of({"wrong": Wrong()})


def test_each_hook_is_described() -> None:
    hooks = [name for name in vars(Hooks) if name.startswith("garden_")]
    assert hooks
    page = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in hooks)
