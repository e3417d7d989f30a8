"""The search as readers use it: by keyboard alone, on a telephone, narrowed and sent to others, and with nothing near."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.test_axe import AXE, RUN
from browser.test_use import TAB_STOP
from browser.watching import NARROW, TABLET, WIDE, Contexts, Site
from knowledge_garden import load_garden
from knowledge_garden.features.search import SEARCH
from knowledge_garden.search import SearchIndex, search
from planting import TODAY

OPTION = "dialog[open] [role=option]"
RESULT = ".kg-results > li"
ABSENT = "zygotic quasars yodelling"


@pytest.fixture(scope="module")
def index(browsed: Path) -> SearchIndex:
    """The index that the site was built with, made by Python."""
    loaded = load_garden(browsed / "content", today=TODAY, with_history=False)
    return loaded.indexes[SEARCH]


@pytest.fixture(scope="module")
def questions(index: SearchIndex) -> list[str]:
    """A lesson's title, a sentence, two words of a title, a typing error, and a beginning of a word."""
    lessons = [document for document in index.documents if document.kind == "lesson"]
    words = [word for word in lessons[-1].title.split() if word.isalpha()]
    longest = max(words, key=len)
    wrong = longest[:2] + longest[3:]
    return [
        lessons[0].title,
        lessons[1].summary,
        " ".join(words[-2:]),
        wrong,
        f"has {max(lessons[2].title.split(), key=len)} happened before",
    ]


@pytest.fixture(scope="module")
def broad(index: SearchIndex) -> str:
    """A word that many lessons of several outcomes answer."""
    words = {word for document in index.documents for word in document.summary.lower().split() if word.isalpha()}
    return max(sorted(words), key=lambda word: len(search(index, word).matching))


def loads(page: Page) -> list[str]:
    """The paths of all that the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    return asked


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_from_home_to_what_to_do_next_time_by_keyboard(contexts: Contexts, site: Site, index: SearchIndex) -> None:
    checklist = [
        page.parent
        for page in site.folder.glob("lessons/*/*/index.html")
        if "#what-to-do-next-time" in page.read_text()
    ]
    slug = min(checklist).name
    title = next(document.title for document in index.documents if document.key == slug)
    page = contexts.page()
    page.goto("")
    page.keyboard.press("/")
    box = page.get_by_role("combobox").and_(page.locator("dialog input"))
    expect(box).to_be_focused()
    page.keyboard.type(title)
    expect(page.locator(OPTION).first).to_contain_text(title)
    expect(page.locator("dialog [role=status]")).to_have_text(r_count(page.locator(OPTION).count() - 1, index, title))
    page.keyboard.press("ArrowDown")
    expect(page.locator(OPTION).first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == page.locator(OPTION).first.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "#what-to-do-next-time":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#what-to-do-next-time")).to_be_in_viewport()


def r_count(least: int, index: SearchIndex, question: str) -> str:
    number = len(search(index, question, limit=6, unfinished=True).matching)
    assert number >= least
    return f"Results: {number}"


def test_nothing_of_the_search_is_fetched_before_a_reader_turns_to_it(contexts: Contexts, site: Site) -> None:
    page = contexts.page()
    fetched = loads(page)
    for kind in ("home", "lessons", "search", "lesson"):
        page.goto(site.kinds[kind])
        page.wait_for_load_state("networkidle")
    wanted = [
        path for path in fetched if (path.startswith("/search/") and path != "/search/") or "search-engine" in path
    ]
    assert wanted == []
    page.goto("")
    page.locator(".kg-hero input").focus()
    page.wait_for_load_state("networkidle")
    assert "/search/index.json" in fetched


def test_the_search_page_shows_what_python_finds(contexts: Contexts, index: SearchIndex, questions: list[str]) -> None:
    page = contexts.page()
    for question in questions:
        page.goto("search/")
        page.get_by_role("searchbox").fill(question)
        page.keyboard.press("Enter")
        answer = search(index, question, limit=10)
        assert answer.results, question
        expect(page.locator(".kg-search__status")).to_have_text(f"Results: {len(answer.matching)}")
        assert page.locator(f"{RESULT} h3").all_inner_texts() == [each.document.title for each in answer.results], (
            question
        )
        assert asked(page) == {"q": [question]}


def test_a_result_says_what_it_is_and_why(contexts: Contexts, index: SearchIndex, questions: list[str]) -> None:
    page = contexts.page()
    page.goto(f"search/?q={questions[3]}")  # with a typing error
    (first, *_) = search(index, questions[3], limit=10).results
    row = page.locator(RESULT).first
    expect(row.locator(".kg-answer__reason")).to_contain_text(
        f"“{questions[3].lower()}” read as “{first.matches[0].word}”"
    )
    expect(row.locator(".kg-answer__facts")).to_contain_text("Lesson")
    for value in first.document.facets["year"]:
        expect(row.locator(".kg-answer__facts")).to_contain_text(value)
    expect(row.locator(".kg-outcome")).to_have_count(1)
    assert row.locator("mark").count() == len(first.passage.marks)


def test_choices_narrow_and_stay_in_the_address(contexts: Contexts, index: SearchIndex, broad: str) -> None:
    page = contexts.page()
    page.goto(f"search/?q={broad}")
    outcomes = page.locator(".kg-search__facet", has=page.locator("input[name=outcome]"))
    choice = outcomes.locator("label:visible").first
    number = int(choice.locator(".kg-search__count").inner_text())
    value = choice.locator("input").get_attribute("value")
    total = page.locator(".kg-search__status").inner_text().removeprefix("Results: ")
    choice.click()
    expect(page.locator(".kg-search__status")).to_have_text(f"Results: {number} of {total}")
    assert asked(page) == {"q": [broad], "outcome": [value]}
    shown = page.locator(RESULT).count()
    assert shown == min(number, 10)
    while page.get_by_role("button", name="Show more").is_visible():
        page.get_by_role("button", name="Show more").click()
        expect(page.locator(RESULT).nth(shown).locator("a")).to_be_focused()
        shown = page.locator(RESULT).count()
    assert shown == number
    titles = page.locator(f"{RESULT} h3").all_inner_texts()
    allowed = {each.title for each in index.documents if value in each.facets.get("outcome", ())}
    assert set(titles) <= allowed

    page.reload()
    expect(page.locator(".kg-search__status")).to_have_text(f"Results: {number} of {total}")
    page.goto(f"search/?q={broad}")
    choice.click()
    expect(page.locator(".kg-search__status")).to_have_text(f"Results: {number} of {total}")
    page.go_back()
    expect(page.locator(".kg-search__status")).to_have_text(f"Results: {total}")
    expect(choice.locator("input")).not_to_be_checked()
    page.go_forward()
    expect(choice.locator("input")).to_be_checked()
    page.get_by_role("button", name="Clear").click()
    assert asked(page) == {"q": [broad]}


def test_whoever_finds_nothing_in_the_results_can_share_it(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("search/?q=flood")
    door = page.get_by_role("link", name="Share it as a lesson")
    expect(page.locator("ol.kg-results ~ .kg-nothing__doors")).to_be_visible()
    expect(door).to_have_attribute("href", "../tell/")
    page.locator("#kg-question").fill("")
    expect(door).to_be_hidden()
    page.locator("#kg-question").fill(ABSENT)
    expect(page.locator("[data-kg-nothing] .kg-nothing__doors")).to_be_visible()


def test_with_nothing_near_the_page_says_so_and_what_to_do(contexts: Contexts, index: SearchIndex) -> None:
    assert not search(index, ABSENT).results
    page = contexts.page()
    page.goto(f"search/?q={ABSENT}")
    expect(page.locator(".kg-search__status")).to_have_text("Nothing comes near enough to be called an answer.")
    expect(page.get_by_role("link", name="Ask this as a need")).to_have_attribute("href", "../handbook/answer/")
    expect(page.get_by_role("link", name="Share it as a lesson")).to_have_attribute("href", "../tell/")
    assert "nobody" not in page.locator(".kg-search").inner_text().lower()
    page.get_by_role("button", name="Search", exact=True).first.focus()
    page.keyboard.press("/")  # leads to the page's own field
    expect(page.locator("#kg-question")).to_be_focused()


def test_what_comes_nearest_is_shown_as_that(contexts: Contexts, index: SearchIndex) -> None:
    words = (word for document in index.documents for word in document.title.split() if word.isalpha())
    question = next(
        f"{ABSENT} zither {word}"
        for word in words
        if (near := search(index, f"{ABSENT} zither {word}").near) and near[0].document.facets.get("cause")
    )
    near = search(index, question, limit=10).near
    page = contexts.page()
    page.goto(f"search/?q={question}")
    expect(page.locator(".kg-search__body h2")).to_have_text("These come nearest")
    assert page.locator(f"{RESULT} h3").all_inner_texts() == [each.document.title for each in near]
    keys = {key for each in near for key in each.document.facets.get("cause", ())}
    expect(page.locator("[data-kg-nearest=cause] a")).to_have_count(len(keys))
    communities = {key for each in near for key in each.document.facets.get("community", ())}
    ask = page.locator("[data-kg-nearest=community] a")
    hrefs = ask.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert set(hrefs) == {f"../communities/{key}/" for key in communities}
    assert hrefs
    page.goto("lessons/")
    page.locator(".kg-open").click()
    page.keyboard.type(f"{question} ")  # the last word is finished
    expect(page.locator("dialog [role=status]")).to_have_text(
        "Nothing comes near enough to be called an answer. These come nearest:"
    )


def test_the_search_page_answers_while_the_last_word_is_typed(contexts: Contexts, index: SearchIndex) -> None:
    words = {word for document in index.documents for word in document.title.lower().split() if word.isalpha()}
    begun = next(
        word[:-2]
        for word in sorted(words, key=lambda word: (-len(word), word))
        if not search(index, word[:-2]).results and search(index, word[:-2], unfinished=True).results
    )
    page = contexts.page()
    page.goto("search/")
    page.locator("#kg-question").focus()
    page.keyboard.type(begun)
    answer = search(index, begun, limit=10, unfinished=True)
    expect(page.locator(".kg-search__status")).to_have_text(f"Results: {len(answer.matching)}")
    assert page.locator(f"{RESULT} h3").all_inner_texts() == [each.document.title for each in answer.results]
    page.keyboard.press("Enter")
    expect(page.locator(".kg-search__status")).to_have_text("Nothing comes near enough to be called an answer.")


@pytest.mark.parametrize("height", [640, 800])
def test_the_first_result_is_on_the_screen_of_a_telephone(
    contexts: Contexts, questions: list[str], height: int
) -> None:
    page = contexts.page(NARROW, height=height)
    page.goto(f"search/?q={questions[0]}")
    expect(page.locator(f"{RESULT} a").first).to_be_in_viewport(ratio=1)
    page.goto("")
    page.get_by_role("button", name="Search", exact=True).first.click()
    page.keyboard.type(questions[0])
    expect(page.locator(f"{OPTION} .kg-answer__title").first).to_be_in_viewport(ratio=1)
    expect(page.locator(".kg-find [role=status]")).to_be_in_viewport(ratio=1)


def test_keys_open_and_close_the_search_but_not_while_typing(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("lessons/")
    dialog = page.locator("dialog.kg-find")
    opener = page.locator(".kg-open")
    for key in ("/", "Control+k", "Meta+k"):
        opener.focus()
        page.keyboard.press(key)
        expect(dialog).to_be_visible()
        expect(page.locator("dialog input")).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(opener).to_be_focused()
    own = page.get_by_label("Search the lessons")
    own.focus()
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    expect(dialog).to_be_hidden()
    expect(own).to_have_value("/")


def test_a_box_on_a_page_answers_while_typing_and_leads_to_all_results(
    contexts: Contexts, questions: list[str]
) -> None:
    page = contexts.page()
    page.goto("")
    box = page.locator(".kg-hero input")
    box.fill(questions[1])
    options = page.locator(".kg-hero [role=option]")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value(questions[1])
    box.press("End")
    page.keyboard.type(" ")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # before the first is the last
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    for _ in range(options.count()):
        page.keyboard.press("ArrowDown")
        if options.last.get_attribute("aria-selected") == "true":
            break
    expect(options.last).to_have_text("All results")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Search")
    assert asked(page) == {"q": [questions[1]]}


@pytest.mark.parametrize("path", ["", "nowhere/at-all/", "lessons/"])
def test_without_scripts_a_question_leads_to_causes_and_stages(contexts: Contexts, path: str) -> None:
    page = contexts.page(scripts=False)
    page.goto(path)
    page.locator(".md-content input[name=q]").fill("backup")
    page.locator(".md-content form button[type=submit]").first.click()
    assert urlsplit(page.url).path == "/search/"
    assert asked(page) == {"q": ["backup"]}
    assert "The search needs JavaScript" in (page.locator("noscript").text_content() or "")
    assert page.locator("#by-cause").is_visible()
    page.goto(path)
    page.locator(".kg-open").click()
    assert urlsplit(page.url).path == "/search/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_axe_finds_nothing_with_the_search_open(
    contexts: Contexts, questions: list[str], width: int, scheme: str
) -> None:
    page = contexts.page(width, scheme)
    page.add_init_script(AXE)
    complaints = []

    def judge(state: str) -> None:
        result = page.evaluate(RUN)
        assert result["rules"] > 10, state
        complaints.extend(f"{state}: {line}" for line in result["found"])

    page.goto("")
    page.locator(".kg-hero input").fill(questions[0])
    expect(page.locator(".kg-hero [role=option]").first).to_be_visible()
    judge("box on the page")
    page.goto("lessons/")
    page.keyboard.press("/")
    judge("dialog")
    page.keyboard.type(questions[0])
    expect(page.locator(OPTION).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    judge("dialog with answers")
    for question in (questions[0], ABSENT):
        page.goto(f"search/?q={question}")
        expect(page.locator(".kg-search__status")).not_to_be_empty()
        page.locator(".kg-search details").evaluate_all("all => all.forEach(each => (each.open = true))")
        judge(question)
    assert complaints == []


@pytest.mark.parametrize("width", [NARROW, TABLET])
def test_each_tab_stop_of_the_search_is_on_the_screen(contexts: Contexts, broad: str, width: int) -> None:
    page = contexts.page(width)
    page.goto("lessons/")
    page.keyboard.press("/")
    page.keyboard.type(broad)
    expect(page.locator(OPTION).first).to_be_visible()
    inside, hidden = stops_of(page, 6)
    assert {stop["name"].split()[0] for stop in inside} == {"INPUT", "BUTTON"}  # answers are chosen by arrow keys
    page.goto(f"search/?q={broad}")
    expect(page.locator(RESULT).first).to_be_visible()
    page.locator(".kg-search details").evaluate_all("all => all.forEach(each => (each.open = true))")
    page.locator("#kg-question").focus()
    stops, more = stops_of(page, 400)
    assert len(stops) > 20
    assert hidden + more == []


def stops_of(page: Page, most: int) -> tuple[list[dict[str, str]], list[str]]:
    """The next stops of the Tab key until the keyboard leaves the page, and the names of those off the screen."""
    stops = []
    while len(stops) < most:
        page.keyboard.press("Tab")
        stop = page.evaluate(TAB_STOP)
        if stop is None:
            if page.locator("dialog[open]").count():
                continue  # the browser's own controls come between the last and the first
            break
        stops.append(stop)
    return stops, [stop["name"] for stop in stops if not stop["shown"]]


def test_a_lesson_has_its_contents_beside_the_text_where_there_is_room(
    contexts: Contexts, site: Site, browsed: Path
) -> None:
    path = max(site.folder.glob("lessons/*/*/index.html"), key=lambda page: page.read_text().count("<h2"))
    source = browsed / "content" / f"{path.parent.relative_to(site.folder)}.md"
    headings = [line.removeprefix("## ") for line in source.read_text().splitlines() if line.startswith("## ")]
    assert "What to do next time" in headings
    page = contexts.page()
    page.goto(f"{path.parent.relative_to(site.folder)}/")
    contents = page.get_by_role("navigation", name="Contents")
    assert contents.get_by_role("link").all_inner_texts() == headings
    box = contents.bounding_box()
    text = page.locator(".md-content__inner > h2").first.bounding_box()
    assert box
    assert text
    assert box["x"] > text["x"] + text["width"]
    contents.get_by_role("link", name="What to do next time").click()
    expect(page.locator("#what-to-do-next-time")).to_be_in_viewport()
    page.set_viewport_size({"width": WIDE, "height": 300})
    page.locator(".kg-foot").evaluate("foot => scrollTo(0, foot.offsetTop - innerHeight)")  # the end of the text
    header = page.locator(".md-header").bounding_box()
    box = contents.bounding_box()
    assert header
    assert box
    assert header["y"] + header["height"] <= box["y"] < 300  # it stays beside the text
    narrow = contexts.page(1219)
    narrow.goto(f"{path.parent.relative_to(site.folder)}/")
    expect(narrow.locator(".kg-contents")).to_be_hidden()
    expect(narrow.locator(".kg-jump a")).to_be_visible()


def test_similar_lessons_are_named_with_the_reason(contexts: Contexts, site: Site) -> None:
    pages = [
        page for page in sorted(site.folder.glob("lessons/*/*/index.html")) if 'class="kg-similar"' in page.read_text()
    ]
    assert pages
    page = contexts.page()
    page.goto(f"{pages[0].parent.relative_to(site.folder)}/")
    rows = page.locator(".kg-similar li")
    assert 1 <= rows.count() <= 5
    for row in rows.all():
        expect(row).to_contain_text("Words of both:")
        assert row.locator(".kg-outcome").count() == 1


def test_a_link_is_previewed_by_pointer_and_by_keyboard(contexts: Contexts, site: Site) -> None:
    page = contexts.page()
    page.emulate_media(reduced_motion="no-preference")
    fetched = loads(page)
    page.goto("failures/")
    page.wait_for_load_state("networkidle")
    link = page.locator(".md-content a[href*='lessons/']:not(.kg-lesson *, .kg-card *)").first
    preview = page.get_by_role("tooltip")
    assert not [path for path in fetched if path.startswith("/search/")]
    link.hover()
    expect(preview).to_contain_text(link.inner_text())
    expect(preview.locator(".kg-outcome")).to_have_count(1)
    expect(preview.locator(".kg-preview__summary")).not_to_be_empty()
    expect(link).to_have_attribute("aria-describedby", "kg-preview")
    preview.hover()  # the pointer may move onto it
    page.wait_for_timeout(400)
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    link.focus()
    expect(preview).to_contain_text(link.inner_text())
    page.keyboard.press("Tab")
    expect(page.locator("#kg-preview")).not_to_contain_text(link.inner_text())


def test_no_preview_where_less_motion_is_asked_for(contexts: Contexts) -> None:
    page = contexts.page()  # asks for it
    fetched = loads(page)
    page.goto("failures/")
    page.locator(".md-content a[href*='lessons/']:not(.kg-lesson *, .kg-card *)").first.hover()
    page.wait_for_timeout(800)
    assert page.locator("#kg-preview").count() == 0
    assert not [path for path in fetched if path.startswith("/search/") or "previews" in path]


def test_a_preview_of_a_long_touch(contexts: Contexts, site: Site) -> None:
    page = contexts.page(NARROW)
    page.emulate_media(reduced_motion="no-preference")
    page.goto("failures/")
    link = page.locator(".md-content a[href*='lessons/']:not(.kg-lesson *, .kg-card *)").first
    link.evaluate(
        "link => link.dispatchEvent(new TouchEvent('touchstart', {bubbles: true, touches: "
        "[new Touch({identifier: 1, target: link})]}))"
    )
    expect(page.get_by_role("tooltip")).to_contain_text(link.inner_text())
    kept = link.evaluate("link => link.dispatchEvent(new TouchEvent('touchend', {bubbles: true, cancelable: true}))")
    assert not kept  # the link is not followed
    expect(page.get_by_role("tooltip")).to_be_visible()


def test_the_addresses_of_the_index_lead_to_their_documents(site: Site, index: SearchIndex) -> None:
    manifest = json.loads((site.folder / "search/index.json").read_text())
    folder = site.folder / manifest["folder"]
    blocks = [
        json.loads((folder / f"addresses/{number}.json").read_text()) for number in range(len(manifest["addresses"]))
    ]
    assert [min(block) for block in blocks] == manifest["addresses"]
    found = {address: number for block in blocks for address, number in block.items()}
    assert sorted(found.values()) == list(range(len(index.documents)))
