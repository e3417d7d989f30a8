"""The eight messages at work in the starter garden: each is reached from home within two clicks on links that are seen.

What is looked for is in the starter's own records, most of it in its sample workplace; without that, the file is not
collected (conftest.py), since an organisation's own garden has other records.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.watching import NARROW, WIDE, Handler
from planting import ROOT

Click = Callable[[str], None]
CLICKS = 2
SALTMARSH = "Safe crossings at Saltmarsh Ferries"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the starter garden's site, built as a publisher would."""
    folder = tmp_path_factory.mktemp("starter")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    # A day on which the sample actions, meetings and seats are what these tests say they are.
    told = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795564800"}
    done = subprocess.run(command, cwd=ROOT, env=os.environ | told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=[NARROW, WIDE], ids=["telephone", "desk"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The home page. On a telephone the tabs are not seen, so that only links of the page itself lead on."""
    context = browser.new_context(base_url=address, viewport={"width": request.param, "height": 800})
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("")
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def follow(page: Page) -> Iterator[Click]:
    """Follow a link in the page's content that a reader can see, by a part of its text: twice at most."""
    clicks: list[str] = []

    def click(text: str) -> None:
        clicks.append(text)
        assert len(clicks) <= CLICKS, f"more than {CLICKS} clicks from home: {clicks}"
        before = page.url
        page.locator("main").get_by_role("link").filter(has_text=text).and_(page.locator(":visible")).first.click()
        page.wait_for_url(lambda url: url.partition("#")[0] != before)

    yield click
    assert clicks, "no link of the home page was followed"


def section(page: Page, heading: str) -> str:
    """The text of the section under a heading, with single spaces."""
    named = page.locator("section").filter(has=page.get_by_role("heading", name=heading, exact=True))
    expect(named.last).to_be_visible()
    return " ".join(named.last.inner_text().split())


def test_people_a_lesson_names_somebody_to_ask_and_how_to_reach_them(page: Page, follow: Click) -> None:
    follow("Saltmarsh Ferries: the ramp sensor was bypassed again")
    asked = page.locator(".kg-ask-person")
    expect(asked.get_by_role("heading")).to_have_text("Ask a person")
    expect(asked.get_by_role("link", name="Marram Ammophila")).to_be_visible()
    reached = asked.get_by_role("link", name="How to reach them")
    expect(reached).to_have_attribute("href", "https://example.org/saltmarsh/people/marram-ammophila")


def test_communities_two_are_joined_by_a_bridge_with_numbers(page: Page, follow: Click) -> None:
    follow("The widest bridge is between")
    expect(page.locator("h1")).to_have_text("Bridges")
    row = page.get_by_role("row").filter(has_text="Flight and space – Patient safety")
    assert re.fullmatch(r"\d+", row.locator("td").first.inner_text()), "the people they share"
    assert "These two share no person, and 9 causes." in section(page, "They could learn from each other")


def test_partners_knowledge_flows_both_ways(page: Page, follow: Click) -> None:
    follow("partners outside from which we learn")
    follow("Eelgrass Lines")
    flows = section(page, "What flows which way")
    assert "To us: what we learn How a bypassed sensor is reported" in flows
    assert "To them: what they learn from us How to speak to waiting passengers" in flows


def test_corners_a_silent_one_is_named_with_whom_to_ask(page: Page, follow: Click) -> None:
    follow("No lesson has come from Middle Africa")
    expect(page.locator("h1")).to_have_text("Place")
    silent = page.locator(".kg-unheard li").filter(has_text="Middle Africa")
    expect(silent).to_contain_text("You could ask:")
    expect(silent.get_by_role("link", name="Field and humanitarian")).to_be_visible()


def test_leadership_a_sponsor_was_last_seen_doing_something(page: Page, follow: Click) -> None:
    follow("who supports")
    expect(page.locator("h1")).to_have_text("Leadership")
    seats = page.locator(".kg-leaders > li").filter(has_text=SALTMARSH)
    expect(seats).to_contain_text("Samphire Crithmum since January 2025")
    expect(seats).to_contain_text("Last: gave thanks 3 March 2026")
    assert "Patient safety" in section(page, "Aims, and what serves them")


def test_leadership_nobody_invented_is_missed(page: Page, follow: Click) -> None:
    follow("who supports")
    expect(page.get_by_role("heading", name="Sponsors and liaisons, by community")).to_be_visible()
    expect(page.get_by_text("Missed here")).to_have_count(0)


def test_celebration_a_use_has_thanks_and_an_effect(page: Page, follow: Click) -> None:
    follow("gave thanks for")
    expect(page.locator("h1")).to_have_text("Celebrate")
    thanked = page.locator(".kg-celebration").filter(has_text="The evening shift of the booking office gave thanks")
    expect(thanked).to_contain_text("For once they were waiting with us and not against us.")
    follow("Effect on the work, by community")
    use = page.locator(".kg-use").filter(has_text="Reed Phragmites")
    expect(use).to_contain_text("Saved or gained: About 200 telephone calls in a day")
    expect(use).to_contain_text("Thanks from The evening shift of the booking office")


def test_leaders_paths_of_roles_lie_side_by_side_in_both_streams(page: Page, follow: Click) -> None:
    follow("of the paths here are technical")
    expect(page.locator("h1")).to_have_text("Paths of roles")
    technical, managerial = section(page, "Technical stream"), section(page, "Managerial stream")
    assert re.search(r"Thrift Armeria Sample member .*January 2025 to March 2025 core group .* facilitator", technical)
    assert re.search(r"Sedge Carex Sample member .*March 2025 to February 2026 core group", managerial)
    follow("Succession")
    assert "Marram Ammophila lead" in section(page, "Seats that end within six months")


def test_failure_it_came_back_while_a_recommendation_was_open(page: Page, follow: Click) -> None:
    again = section(page, "It happened again")
    assert "The second time; what was recommended the first time is still open." in again
    follow("Saltmarsh Ferries: a ramp moved with its sensor bypassed")
    done = section(page, "What was done about it")
    assert "Confirmed to work Replace the sensor, and take every bypass off" in done
    assert "checked 20 June 2025 by Sedge Carex" in done
    assert "Overdue Keep a list of bypassed safety devices on each bridge" in done


def test_the_principles_prove_all_eight_messages(page: Page, follow: Click) -> None:
    follow("eight principles")
    messages = page.locator("main h2[id]").filter(has_not_text=re.compile("Credit|Linked from"))
    expect(messages).to_have_count(8)
    proofs = page.locator(".kg-proof")
    expect(proofs).to_have_count(8)
    shown = {proof.get_by_role("link").first.get_attribute("href") for proof in proofs.all()}
    assert len(shown) == 8, "each leads to a page of its own"
    follow("See it here")
    expect(page.locator("h1")).to_have_text("People")
