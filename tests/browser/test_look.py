"""Every kind of page, on a telephone and on a desk, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.watching import NARROW, WIDE, Contexts, Site

LOOK = (Path(__file__).parent / "look.js").read_text()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_kind_of_page_is_fit_to_be_seen(contexts: Contexts, site: Site, width: int) -> None:
    page = contexts.page(width)
    complaints = []
    for kind, path in site.kinds.items():
        answer = page.goto(path)
        assert answer
        assert answer.status == (404 if kind == "missing" else 200), kind
        page.evaluate("document.fonts.ready")
        for scheme in ["garden", "garden-dark"]:
            page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
            complaints += [f"{kind}, {scheme}: {each}" for each in page.evaluate(LOOK)]
    assert complaints == []


@pytest.mark.parametrize(("asked", "shown"), [("light", "garden"), ("dark", "garden-dark")])
def test_the_first_visit_is_as_light_as_the_reader_likes(contexts: Contexts, asked: str, shown: str) -> None:
    page = contexts.page(scheme=asked)
    page.goto("")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", shown)


def test_an_outcome_is_told_by_word_and_shape(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("lessons/")
    shapes: dict[str, set[str]] = {}
    for chip in page.locator(".kg-lesson .kg-outcome").all():
        shapes.setdefault(chip.inner_text().strip(), set()).add(chip.locator("svg").inner_html())
    assert len(shapes) == 4
    assert all(len(found) == 1 for found in shapes.values())
    assert len(set.union(*shapes.values())) == 4


def test_nothing_written_by_us_runs_from_within_the_page(site: Site) -> None:
    for page in site.folder.rglob("*.html"):
        text = page.read_text()
        assert not re.search(r"<[^>]+\son[a-z]+\s*=\s*[\"']", text), page
        assert 'data-md-component="source"' not in text, page  # would ask api.github.com for stars


def test_print_leaves_the_text(contexts: Contexts, site: Site) -> None:
    page = contexts.page()
    page.goto(site.kinds["lesson"])
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator(".kg-sources").is_visible()
    assert not page.locator(".md-header").is_visible()
    assert not page.locator(".kg-edit").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_is_black_on_white_in_either_scheme(contexts: Contexts, site: Site, scheme: str) -> None:
    page = contexts.page(scheme=scheme)
    for kind in ["home", "lesson", "community"]:
        page.goto(site.kinds[kind])
        page.emulate_media(media="print")
        colours = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color]"
        )
        assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"], kind
        assert [line for line in page.evaluate(LOOK) if line.startswith("contrast")] == [], kind
        page.emulate_media(media="screen")


def _printed_pages(page: Page, file: Path) -> int:
    page.pdf(path=str(file), prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))


def test_a_lesson_prints_on_one_page_and_a_charter_on_two(contexts: Contexts, site: Site, tmp_path: Path) -> None:
    page = contexts.page()
    lessons = sorted(site.folder.glob("lessons/*/*/index.html"), key=lambda file: file.stat().st_size)
    middle = f"{lessons[len(lessons) // 2].parent.relative_to(site.folder).as_posix()}/"
    # Who writes more than anybody else may need a second page.
    expected = {middle: 1, site.kinds["lesson"]: 2, site.kinds["community"]: 2, site.kinds["missing"]: 1}
    for path, most in expected.items():
        page.goto(path)
        assert 1 <= _printed_pages(page, tmp_path / "page.pdf") <= most, path


def test_the_judge_has_eyes(contexts: Contexts) -> None:
    page = contexts.page(NARROW)
    page.goto("credits/")
    page.evaluate(
        """document.querySelector("article").insertAdjacentHTML("beforeend",
        `<h1>Another</h1><h4>Too deep</h4><p class="pale">Pale and wide</p>
        <p id="content"><button class="small">Small</button></p>`);
        Object.assign(document.querySelector(".pale").style, {color: "#bbb", width: "900px"});
        Object.assign(document.querySelector(".small").style, {height: "10px", padding: 0})"""
    )
    found = " ".join(page.evaluate(LOOK))
    for each in ["contrast 1.", "wider than the window", "2 h1", "followed by h4", "hard to hit", "id twice"]:
        assert each in found
