"""The Markdown extensions that a check takes from mkdocs.yml are those that the build uses, and nothing of it is run."""

from pathlib import Path

import pytest
from mkdocs.config import load_config

from knowledge_garden.cli.site import site_markdown
from knowledge_garden.mkdocs.text import markdown_options
from knowledge_garden.reading import MarkdownOptions, MarkdownReader
from planting import ROOT


def write(folder: Path, text: str) -> Path:
    content = folder / "content"
    content.mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return content


def test_the_starter_is_checked_with_what_it_is_built_with() -> None:
    options, problems = site_markdown(ROOT / "content")
    built = markdown_options(load_config(str(ROOT / "mkdocs.yml")))
    assert problems == []
    assert options is not None
    assert options.extensions == built.extensions
    assert options.configs == {name: config for name, config in built.configs.items() if config}
    assert options == MarkdownOptions()  # what is taken where there is no mkdocs.yml


def test_an_extension_of_the_site_is_used(tmp_path: Path) -> None:
    content = write(tmp_path, "markdown_extensions: {def_list: {}, toc: {separator: _}}\n")
    options, problems = site_markdown(content)
    assert problems == []
    parsed = MarkdownReader(options).read("# A heading\n\nTerm\n:   Words")
    assert parsed.headings[0].anchor == "a_heading"
    assert "<dt>" in parsed.html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("markdown_extensions: [antigravity]\n", "antigravity"),
        ("markdown_extensions: [os]\n", "os"),
        ("markdown_extensions: [{toc: {slugify: !!python/name:os.system }}]\n", "slugify"),
        ("markdown_extensions: [{toc: {slugify: !!python/object/apply:os.system [echo] }}]\n", "slugify"),
        ("markdown_extensions: [{toc: {permalink: !ENV [HOME, x]}}]\n", "permalink"),
        ("markdown_extensions: [\n", "can't be read"),
    ],
)
def test_what_a_check_will_not_follow_is_said(tmp_path: Path, text: str, words: str) -> None:
    options, problems = site_markdown(write(tmp_path, text))
    assert [problem.code for problem in problems] == ["site-settings"]
    assert words in problems[0].message
    MarkdownReader(options).read("# A heading")


def test_without_settings_the_starters_are_taken(tmp_path: Path) -> None:
    assert site_markdown(write(tmp_path, "site_name: A site\n")) == (None, [])
    (tmp_path / "mkdocs.yml").unlink()
    assert site_markdown(tmp_path / "content") == (None, [])
