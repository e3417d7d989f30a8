"""How a reader finds somebody: filters on one page and over many, without a script, and from a lesson to a person."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.watching import Handler
from building import ALL, configure
from planting import plant

CARDS = "[data-kg-people] .kg-card:visible, [data-kg-chosen] .kg-card:visible"
PLACES = ("north", "south")


def write_people(content: Path, number: int) -> None:
    for each in range(number):
        (content / f"people/p-{each}.md").write_text(
            f"---\nname: {chr(65 + each % 26)}{each:03} Tester\norigin: {{place: {PLACES[each % 2]}}}\n"
            f"holds: [Keeping gate number {each}, Éclairs]\n---\n",
            encoding="utf-8",
        )


@pytest.fixture(scope="module", params=[20, 300], ids=["one-page", "several-pages"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with that many people beside the three of the good garden."""
    garden = tmp_path_factory.mktemp("people")
    content = plant("good", garden)
    write_people(content, request.param)
    configure(garden, [{"garden": {"history": False}}, *ALL[1:]], theme={"name": "material", "font": False})
    folder = garden / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=garden, env=environment, check=True, capture_output=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert errors == []


def test_people_are_chosen_by_what_they_hold_and_where_they_are(page: Page) -> None:
    page.goto("people/")
    page.get_by_label("Can help with").fill("gate NUMBER 1")
    expect(page.locator(CARDS).first).to_be_visible()
    cards = page.locator(CARDS)
    number = cards.count()
    assert number > 1
    expect(page.locator("[data-kg-count]")).to_have_text(f"{number} of {page_total(page)} people")
    page.get_by_label("Place").select_option("south")
    expect(page.locator(CARDS)).not_to_have_count(number)
    assert 0 < page.locator(CARDS).count() < number
    assert parse_qs(urlsplit(page.url).query) == {"holds": ["gate NUMBER 1"], "place": ["south"]}


def page_total(page: Page) -> str:
    return (page.locator("form[data-kg-choose]").get_attribute("data-kg-all") or "").partition(" ")[0]


def test_letters_with_marks_are_read_as_those_without(page: Page) -> None:
    page.goto("people/?holds=eclairs&place=north")
    expect(page.get_by_label("Can help with")).to_have_value("eclairs")
    expect(page.locator(CARDS).first).to_be_visible()


def test_the_address_of_a_choice_leads_back_to_it(page: Page) -> None:
    page.goto("people/?holds=gate%20number%207")
    expect(page.locator(CARDS).first).to_contain_text("gate number 7")
    name = page.locator(CARDS).first.get_by_role("heading").inner_text()
    page.locator(CARDS).first.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text(name)
    page.go_back()
    expect(page.locator(CARDS).first).to_contain_text("gate number 7")


def test_where_nobody_fits_the_board_of_needs_is_offered(page: Page) -> None:
    page.goto("people/?holds=nothing%20of%20the%20kind")
    expect(page.locator("[data-kg-none]")).to_be_visible()
    page.locator("[data-kg-none] a").click()
    expect(page.locator("h1")).to_have_text("Needs")
    page.go_back()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("[data-kg-none]")).to_be_hidden()


def test_without_a_script_everybody_is_reached_by_letter(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("people/")
    expect(page.locator("form[data-kg-choose]")).to_be_hidden()
    page.locator(".kg-letters a", has_text="C").first.click()
    expect(page.locator(".kg-letter h2", has_text="C").first).to_be_in_viewport()
    page.locator(".kg-card a", has_text="C002 Tester").click()
    expect(page.locator("h1")).to_have_text("C002 Tester")
    context.close()


def test_a_lesson_leads_to_somebody_to_ask(page: Page) -> None:
    page.goto("lessons/2020/spring-flood/")
    section = page.locator(".kg-ask-person")
    expect(section.get_by_role("heading")).to_have_text("Ask a person")
    expect(section).to_contain_text("The community can say whom to ask")
    section.get_by_role("link", name="Harbour").click()
    expect(page.locator("h1")).to_have_text("Harbour")
