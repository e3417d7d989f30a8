"""Macros are imported once a build, and only where they read nothing of a page."""

from pathlib import Path

from knowledge_garden import load_garden
from knowledge_garden.pages import imports
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import _environment, render
from planting import TODAY, plant


def test_the_gardens_own_macros_read_nothing_of_the_page_that_imports_them(tmp_path: Path) -> None:
    indexes = load_garden(plant("good", tmp_path), today=TODAY, with_history=False).indexes
    shared = imports.Shared(indexes, Frame())
    environment = _environment((), Frame().language)
    assert imports._names_read(environment, "macros.html") <= shared.values.keys()


def test_macros_that_read_the_page_are_imported_for_each(tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text("{% macro where() %}{{ here }}{% endmacro %}", encoding="utf-8")
    (tmp_path / "shared.html").write_text(
        "{% macro link(path) %}{{ href(path) }}{% set here = 1 %}{% endmacro %}", encoding="utf-8"
    )
    (tmp_path / "page.html").write_text(
        '{% import "own.html" as own with context %}{% import "shared.html" as shared with context %}'
        '{{ own.where() }} {{ shared.link("index.md") }}',
        encoding="utf-8",
    )
    indexes = load_garden(plant("good", tmp_path / "garden"), today=TODAY, with_history=False).indexes
    frame = Frame(templates=(str(tmp_path),))
    assert render("page.html", indexes, frame, "a.md") == "a.md ../"
    assert render("page.html", indexes, frame, "b/c.md") == "b/c.md ../../"
