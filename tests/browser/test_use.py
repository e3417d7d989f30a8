"""What people do on the site: find their way, search, narrow down, choose the dark, use the keyboard, do without scripts."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.watching import NARROW, TABLET, WIDE, Contexts, Site
from knowledge_garden.search.tokens import stopwords

# The element in focus, null when the keyboard has left the page. A radio button of the palette shows itself by its label.
TAB_STOP = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const shown = stop.matches(".md-option") ? stop.nextElementSibling : stop;
  const { left, right, top, bottom, width } = shown.getBoundingClientRect();
  return {
    name: `${stop.tagName} ${stop.className} ${stop.innerText ?? ""}`.slice(0, 80),
    shown: width > 0 && right > 0 && left < innerWidth && bottom > 0 && top < innerHeight && stop.checkVisibility(),
  };
}"""
ROWS = "[data-kg-list] .kg-lesson:visible"


def _asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_tabs_lead_through_the_site(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("")
    for name in ["Lessons", "Failures", "Communities", "People"]:
        page.locator(".md-tabs__link", has_text=name).click()
        expect(page.locator("h1")).to_have_text(name)
        expect(page.locator(".md-tabs__item--active")).to_have_text(name)
    page.locator(".md-tabs__link", has_text="Lessons").click()
    page.locator(".kg-neighbours a", has_text="All corners").click()
    expect(page.locator("h1")).to_have_text("All corners")


def test_a_lesson_lights_the_tab_it_hangs_under(contexts: Contexts, site: Site) -> None:
    page = contexts.page()
    for kind, tab in {
        "lesson": "Lessons",
        "cause": "Failures",
        "community": "Communities",
        "partner": "Communities",
    }.items():
        page.goto(site.kinds[kind])
        expect(page.locator(".md-tabs__item--active")).to_have_text(tab)


def test_the_menu_opens_on_a_telephone(contexts: Contexts) -> None:
    page = contexts.page(NARROW)
    page.goto("")
    page.get_by_role("button", name="Menu").click()
    group = page.locator(".md-nav--primary label.md-nav__link", has_text="Communities")
    expect(group).to_be_in_viewport()
    group.click()
    link = page.locator(".md-nav--primary a.md-nav__link[href='communities/']")
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.locator("h1")).to_have_text("Communities")


@pytest.mark.parametrize("width", [NARROW, TABLET])
def test_the_menu_is_used_by_keyboard(contexts: Contexts, width: int) -> None:
    page = contexts.page(width)
    page.goto("needs/")
    menu = page.get_by_role("button", name="Menu")
    drawer = page.locator(".md-sidebar--primary")
    expect(drawer).to_be_hidden()
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(drawer).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.md-sidebar--primary a.md-nav__link') !== null"):
            break
    expect(page.locator(".md-nav--primary a.md-nav__link:focus")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("width", [NARROW, TABLET])
@pytest.mark.parametrize("kind", ["home", "missing", "lessons", "needs", "principles", "lesson", "handbook page"])
def test_each_tab_stop_is_on_the_screen(contexts: Contexts, site: Site, kind: str, width: int) -> None:
    page = contexts.page(width)
    page.goto(site.kinds[kind])
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


def test_a_table_that_scrolls_is_reached_by_keyboard(contexts: Contexts) -> None:
    page = contexts.page(NARROW)
    page.goto("notes/wide/")
    wide = page.locator(".md-typeset__scrollwrap").evaluate_all(
        "all => all.filter(each => each.scrollWidth > each.clientWidth).map(each => each.tabIndex)"
    )
    assert wide
    assert set(wide) == {0}


def test_a_plant_leads_to_its_lesson(contexts: Contexts, site: Site) -> None:
    for width in (NARROW, WIDE):
        page = contexts.page(width)
        page.goto("")
        plants = page.locator(".kg-plant")
        boxes = plants.evaluate_all("all => all.map(each => each.getBoundingClientRect().toJSON())")
        assert boxes
        assert all(box["left"] >= 0 and box["right"] <= width and box["width"] >= 24 for box in boxes)
        title = plants.first.get_attribute("title")
        plants.first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(title or "")


def test_search_finds_a_lesson_by_a_word_of_its_body(contexts: Contexts, site: Site) -> None:
    page = contexts.page()
    page.goto(site.kinds["lesson that came back"])
    title = page.locator("h1").inner_text()
    body = page.locator(".md-content__inner > p:not([class])").all_inner_texts()
    # Words such as "somewhere" are passed over by the search.
    word = max(set(re.findall(r"[a-z]{5,}", " ".join(body))) - stopwords("en"), key=len)
    page.goto("")
    page.locator(".kg-open").click()
    page.keyboard.type(word)
    result = page.locator("dialog [role=option]", has=page.get_by_text(title, exact=True))
    expect(result).to_have_count(1)  # each lesson is in the index once
    result.click()
    expect(page.locator("h1").first).to_have_text(title)


def test_the_dark_is_remembered(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "garden")
    page.locator("label[title='Dark mode']").click()
    expect(body).to_have_attribute("data-md-color-scheme", "garden-dark")
    page.goto("lessons/")
    expect(body).to_have_attribute("data-md-color-scheme", "garden-dark")


def test_the_filter_narrows_and_the_address_carries_it(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("lessons/")
    form = page.locator("form[data-kg-filter]")
    everything = page.locator(ROWS).count()
    form.locator("[name=outcome]").select_option("success")
    fewer = page.locator(ROWS).count()
    assert 0 < fewer < everything
    assert set(page.locator(ROWS).evaluate_all("rows => rows.map(row => row.dataset.outcome)")) == {"success"}
    expect(form.locator("[data-kg-count]")).to_have_text(f"{fewer} of {everything} lessons")
    assert _asked(page) == {"outcome": ["success"]}

    page.reload()
    expect(form.locator("[name=outcome]")).to_have_value("success")
    assert page.locator(ROWS).count() == fewer
    assert page.locator(".kg-decade:visible").count() <= fewer  # no heading without lessons

    form.locator("[name=cause]").select_option(index=1)
    expect(page.locator("[data-kg-none]")).to_be_visible()  # a success has no causes
    form.get_by_role("button", name="Clear").click()
    expect(page.locator(ROWS)).to_have_count(everything)
    expect(page.locator("[data-kg-none]")).to_be_hidden()
    assert _asked(page) == {}


@pytest.mark.parametrize("key", ["community", "cause"])
def test_other_filters_come_from_the_address(contexts: Contexts, key: str) -> None:
    page = contexts.page()
    page.goto("lessons/")
    chosen = page.locator(f"select[name={key}] option").nth(1)
    value, words = chosen.get_attribute("value"), chosen.inner_text()
    page.goto(f"lessons/?{key}={value}")
    number = re.search(r"\((\d+)\)$", words)
    assert number
    expect(page.locator(ROWS)).to_have_count(int(number[1]))
    page.goto(f"lessons/?{key}=nothing-of-that-name")
    expect(page.locator(f"select[name={key}]")).to_have_value("")


def test_the_keyboard_reaches_the_content_and_shows_where_it_is(contexts: Contexts, site: Site) -> None:
    page = contexts.page()
    page.goto(site.kinds["community"])
    page.keyboard.press("Tab")
    skip = page.locator(".kg-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    outline = page.evaluate(
        "(({outlineStyle, outlineWidth}) => [outlineStyle, parseFloat(outlineWidth)])(getComputedStyle(document.activeElement))"
    )
    assert outline[0] == "solid"
    assert outline[1] >= 2


def test_without_scripts_the_lessons_stand_whole(contexts: Contexts, site: Site) -> None:
    page = contexts.page(scripts=False)
    page.goto("lessons/")
    assert page.locator(ROWS).count() == len(list(site.folder.glob("lessons/*/*/index.html")))
    assert not page.locator("form[data-kg-filter]").is_visible()
    page.locator(ROWS).first.locator("h3 a").click()
    assert page.locator("h1").is_visible()
    page.goto("corners/")
    page.locator(".kg-values a").first.click()
    assert page.locator(".kg-rows a").first.is_visible()
