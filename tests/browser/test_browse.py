"""Going on without a question: the search page narrowed by an address alone, from home to a pre-mortem and to a checklist by
keyboard, and every stop of the Tab key on the screen."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.test_axe import AXE, RUN
from browser.test_use import TAB_STOP
from browser.watching import NARROW, TABLET, WIDE, Contexts, Site
from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.features.search import SEARCH
from planting import TODAY

RESULT = ".kg-results > li"
STATUS = ".kg-search__status"


@pytest.fixture(scope="module")
def loaded(browsed: Path) -> LoadedGarden:
    """The garden that the site was built from."""
    return load_garden(browsed / "content", today=TODAY, with_history=False)


def titles(page: Page) -> list[str]:
    return page.locator(f"{RESULT} h3").all_inner_texts()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def newest(loaded: LoadedGarden, **facets: str) -> list[str]:
    """The titles of all documents with these facets, those of the last year first."""
    chosen = [
        document
        for document in loaded.indexes[SEARCH].documents
        if all(value in document.facets.get(name, ()) for name, value in facets.items())
    ]
    chosen.sort(key=lambda document: -int(next(iter(document.facets.get("year", ())), 0)))
    return [document.title for document in chosen]


def test_an_address_without_a_question_lists_what_it_leaves_newest_first(
    contexts: Contexts, loaded: LoadedGarden
) -> None:
    page = contexts.page()
    page.goto("search/?outcome=failure")
    failures = newest(loaded, outcome="failure")
    assert len(failures) > 1
    expect(page.locator(STATUS)).to_have_text(f"Results: {len(failures)}")
    assert titles(page) == failures
    expect(page.locator(RESULT).first.locator(".kg-answer__sentence")).not_to_be_empty()
    outcomes = page.locator(".kg-search__facet", has=page.locator("input[name=outcome]"))
    near_miss = outcomes.locator("label", has=page.locator("input[value=near-miss]"))
    expect(near_miss.locator(".kg-search__count")).to_have_text(str(len(newest(loaded, outcome="near-miss"))))
    near_miss.click()
    expect(page.locator(STATUS)).to_have_text(f"Results: {len(failures) + len(newest(loaded, outcome='near-miss'))}")
    assert asked(page) == {"outcome": ["failure", "near-miss"]}
    page.go_back()
    expect(page.locator(STATUS)).to_have_text(f"Results: {len(failures)}")
    expect(near_miss.locator("input")).not_to_be_checked()
    page.go_forward()
    expect(near_miss.locator("input")).to_be_checked()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(RESULT).first).to_be_hidden()
    expect(page.locator("#kg-question")).to_be_focused()
    assert asked(page) == {}
    page.go_back()
    expect(page.locator(RESULT).first).to_be_visible()


def test_a_question_narrows_further_and_taking_it_back_lists_all_again(
    contexts: Contexts, loaded: LoadedGarden
) -> None:
    page = contexts.page()
    page.goto("search/?kind=lesson")
    lessons = newest(loaded)[: len(loaded.garden.lessons)]
    expect(page.locator(STATUS)).to_have_text(f"Results: {len(lessons)}")
    page.locator("#kg-question").fill("database of the log")
    page.keyboard.press("Enter")
    expect(page.locator(f"{RESULT} h3").first).to_have_text("A harbour log that no restore brought back")
    assert asked(page) == {"q": ["database of the log"], "kind": ["lesson"]}
    page.locator("#kg-question").fill("")
    expect(page.locator(STATUS)).to_have_text(f"Results: {len(lessons)}")


def test_a_long_list_begins_with_few_and_grows_on_request(contexts: Contexts, loaded: LoadedGarden) -> None:
    page = contexts.page()
    page.goto("search/?kind=page")
    pages = newest_of_kind(loaded, "page")
    assert len(pages) > 10
    expect(page.locator(STATUS)).to_have_text(f"Results: {len(pages)}")
    assert titles(page) == pages[:10]
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(RESULT).nth(10).locator("a")).to_be_focused()
    assert titles(page) == pages[:20]


def newest_of_kind(loaded: LoadedGarden, kind: str) -> list[str]:
    return [document.title for document in loaded.indexes[SEARCH].documents if document.kind == kind]


def test_a_value_that_no_record_has_leaves_none_and_can_be_cleared(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("search/?outcome=nothing-of-that-name")
    expect(page.locator(STATUS)).to_have_text("Results: 0")
    page.locator(".kg-search__narrow").evaluate("all => (all.open = true)")
    page.get_by_role("button", name="Clear").click()
    assert asked(page) == {}


def test_without_scripts_the_page_says_what_to_do(contexts: Contexts, site: Site) -> None:
    page = contexts.page(scripts=False)
    page.goto("search/?outcome=failure")
    assert "The search needs JavaScript" in (page.locator("noscript").text_content() or "")
    for target in ("../lessons/", "../failures/", "../successes/"):
        assert page.locator(f"noscript a[href='{target}']").count() == 1
    for section in ("by-cause", "by-stage"):
        links = page.locator(f"section[aria-labelledby={section}] a")
        assert links.count() > 0
        for href in links.evaluate_all("links => links.map(link => link.getAttribute('href'))"):
            assert (site.folder / "search" / href / "index.html").resolve().is_file(), href


def test_from_home_to_a_checklist_by_keyboard(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("")
    tab_to(page, "premortem/")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Before you start")
    tab_to(page, "operate/")
    page.keyboard.press("Enter")
    expect(page.locator(".kg-risk__question").first).to_be_visible()
    tab_to(page, "../../failures/unclear-duty/")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Nobody's duty")
    summary = page.locator(".kg-copy summary")
    for _ in range(60):
        page.keyboard.press("Tab")
        if summary.evaluate("summary => summary === document.activeElement"):
            break
    expect(page.locator("#checks")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".kg-copy textarea")).to_be_visible()
    assert page.locator(".kg-copy textarea").input_value() == (
        "- [ ] Whose name is on each check?\n- [ ] Read the list of checks aloud.\n"
        "- [ ] What was handed over at the last change of shift?"
    )


def tab_to(page: Page, href: str) -> None:
    """Press Tab until a link of the content to `href` has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(
            "href => document.activeElement.getAttribute('href') === href && document.activeElement.closest('.md-content') !== null",
            href,
        ):
            return
    raise AssertionError(f"no stop of the Tab key leads to {href}")


@pytest.mark.parametrize("width", [NARROW, TABLET])
@pytest.mark.parametrize("kind", ["failures", "successes", "cause", "premortem", "pre-mortem", "search", "community"])
def test_each_tab_stop_is_on_the_screen(contexts: Contexts, site: Site, kind: str, width: int) -> None:
    page = contexts.page(width)
    page.goto(site.kinds[kind] + ("?kind=lesson" if kind == "search" else ""))
    if kind == "search":
        expect(page.locator(RESULT).first).to_be_visible()
    stops, hidden = 0, []
    while stops < 400:
        page.keyboard.press("Tab")
        stop = page.evaluate(TAB_STOP)
        if stop is None:
            break
        stops += 1
        if not stop["shown"]:
            hidden.append(stop["name"])
    assert stops > 5
    assert hidden == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_axe_finds_nothing_in_what_opens(contexts: Contexts, site: Site, width: int, scheme: str) -> None:
    page = contexts.page(width, scheme)
    page.add_init_script(AXE)
    complaints = []
    for path in ("search/?kind=lesson", site.kinds["cause"], site.kinds["pre-mortem of a community"]):
        page.goto(path)
        if path.startswith("search"):
            expect(page.locator(RESULT).first).to_be_visible()
        page.locator(".md-content details").evaluate_all("all => all.forEach(each => (each.open = true))")
        result = page.evaluate(RUN)
        assert result["rules"] > 10, path
        complaints += [f"{path}: {line}" for line in result["found"]]
    assert complaints == []


@pytest.mark.parametrize("kind", ["cause", "pre-mortem"])
def test_on_paper_a_checklist_has_boxes_and_nothing_that_is_pressed(contexts: Contexts, site: Site, kind: str) -> None:
    page = contexts.page()
    page.goto(site.kinds[kind])
    page.emulate_media(media="print")
    expect(page.locator(".kg-copy")).to_be_hidden()
    assert page.locator(".kg-checks").count()
    for row in page.locator(".kg-checks > li").all():
        box, text = row.evaluate(
            "row => [parseFloat(getComputedStyle(row, '::before').width), parseFloat(getComputedStyle(row).fontSize)]"
        )
        assert 0 < box <= text
    for button in page.locator(".md-content button").all():
        expect(button).to_be_hidden()


def test_the_markdown_of_a_pre_mortem_is_copied(contexts: Contexts, site: Site) -> None:
    page = contexts.page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.kinds["pre-mortem"])
    page.locator(".kg-copy summary").click()
    page.locator(".kg-copy").get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".kg-copy").get_by_role("button")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".kg-copy textarea").input_value()
    assert copied.startswith("# Before you start: ")
