"""Sharing a lesson on the site: filled in on a telephone, kept on the device, near lessons shown, and a file that is right."""

from __future__ import annotations

import random
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from click.testing import CliRunner, Result
from playwright.sync_api import Page, expect

from browser.test_axe import AXE, RUN
from browser.test_use import TAB_STOP
from browser.watching import NARROW, WIDE, Contexts, Site
from cases.test_cases import CASES, prefilled_way
from knowledge_garden import load_garden
from knowledge_garden.cli import main
from knowledge_garden.model.addresses import RESERVED, SLUG_LIMIT, make_slug
from knowledge_garden.model.debrief import DEBRIEF
from planting import TODAY

ASSETS = "assets/knowledge-garden/"
FORM = "form[data-kg-tell]"
STORY = {
    "What did you expect?": "The gate would close by itself when the water rose in the harbour.",
    "What happened?": "The flood gate stayed open in the spring flood, and the quay was under water for a day.",
    "Where was it, and for whom?": "A harbour on the north shore, for the boats that winter there.",
    "Why do you think so?": "Each of us thought that another had checked the gate.",
    "What helped?": "A neighbour had sandbags. We know now that a gate needs a name on it.",
    "What would you do next time?": "Write one name beside each gate before the season.",
    "What would somebody search for?": "Flood gate: open in the spring flood, because nobody had checked it",
}
SUMMARY = "The flood gate stayed open because each thought that another had checked it. Put one name on each gate."


def script(page: Page, module: str, call: str, argument: object) -> Any:
    """What a function of one of the form's modules makes of an argument."""
    code = f"async (argument) => {{ const module = await import('/{ASSETS}{module}'); return {call}; }}"
    return page.evaluate(code, argument)


def fill_in(page: Page, *, shown: str = "Not at all") -> None:
    for label, answer in STORY.items():
        page.get_by_label(label, exact=True).fill(answer)
    page.get_by_label("It failed").check()
    page.get_by_label("When was it?").fill("2024-04")
    page.get_by_text("Which of these was part of it?").click()
    page.get_by_label("Nobody's duty").check()
    page.get_by_role("checkbox", name="Harbour").check()
    page.get_by_label(shown, exact=True).check()
    page.get_by_label("What happened and what did it teach").fill(SUMMARY)


def downloaded(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the file").click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def checked(garden: Path, file: Path, folder: Path, year: str) -> Result:
    """What `garden check` says of a copy of a garden with a file among its lessons."""
    copy = folder / "copy"
    shutil.copytree(garden, copy, ignore=shutil.ignore_patterns(".git"))
    (copy / "content/lessons" / year).mkdir(exist_ok=True)
    shutil.copy(file, copy / "content/lessons" / year)
    return CliRunner().invoke(main, ["check", str(copy)])


def test_a_lesson_is_shared_from_a_telephone(contexts: Contexts, browsed: Path, tmp_path: Path) -> None:
    page = contexts.page(NARROW)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto("tell/")
    page.wait_for_load_state("networkidle")
    assert not [path for path in asked if path.startswith("/search/") or "engine" in path]  # not before they type
    fill_in(page)
    near = page.locator("[data-kg-near]")
    expect(near).to_contain_text("Is it one of these again?")
    first = near.locator("li").first
    expect(first).to_contain_text("flood", ignore_case=True)
    slug = first.locator("a").get_attribute("href").rstrip("/").rpartition("/")[2]  # type: ignore[union-attr]
    first.get_by_role("button", name="It is this one again").click()
    expect(first.get_by_role("button", name="It is not this one")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-kg-missing]")).to_have_text("Nothing is missing.")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW

    file = downloaded(page, tmp_path)
    assert file.stem == make_slug(STORY["What would somebody search for?"])
    result = checked(browsed, file, tmp_path, "2024")
    said = [line for line in result.output.splitlines() if file.name in line]
    assert result.exit_code == 0, result.output
    assert not [line for line in said if " error " in line or " warning " in line], said
    loaded = load_garden(tmp_path / "copy/content", today=TODAY, with_history=False)
    lesson = loaded.garden.lessons[file.stem].fields
    assert lesson.title == STORY["What would somebody search for?"]
    assert lesson.summary == SUMMARY
    assert (lesson.outcome, lesson.causes, lesson.communities) == ("failure", ("unclear-duty",), ("harbour",))
    assert (str(lesson.date), lesson.maturity, lesson.anonymous, lesson.told_by) == ("2024-04", "seedling", True, ())
    assert lesson.recurs == (slug,)


def test_an_e_mail_address_is_not_taken_for_a_name(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("tell/")
    page.get_by_label("By my name").check()
    page.get_by_label("The name or pseudonym").fill("ulex@example.org")
    expect(page.get_by_role("alert")).to_contain_text("This is an e-mail address")
    assert "ulex@" not in page.locator("[data-kg-file]").input_value()
    page.get_by_label("The name or pseudonym").fill("Ulex")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert 'told_by: ["Ulex"]' in page.locator("[data-kg-file]").input_value()


@pytest.mark.parametrize("shown", ["By my name", "By a pseudonym"])
def test_whoever_wants_to_be_named_is_named(contexts: Contexts, browsed: Path, tmp_path: Path, shown: str) -> None:
    page = contexts.page(NARROW)
    page.goto("tell/")
    fill_in(page, shown=shown)
    page.get_by_label("The name or pseudonym").fill('Ulex "Gorse" Europaeus: #1')
    file = downloaded(page, tmp_path)
    result = checked(browsed, file, tmp_path, "2024")
    assert result.exit_code == 0, result.output
    loaded = load_garden(tmp_path / "copy/content", today=TODAY, with_history=False)
    lesson = loaded.garden.lessons[file.stem].fields
    assert (lesson.told_by, lesson.anonymous) == (('Ulex "Gorse" Europaeus: #1',), False)
    issue = page.get_by_role("link", name="Open an issue").get_attribute("href") or ""
    assert parse_qs(urlsplit(issue).query)["shown"] == [f'{shown}: Ulex "Gorse" Europaeus: #1']


def test_what_is_missing_is_refused_by_the_check(contexts: Contexts, browsed: Path, tmp_path: Path) -> None:
    page = contexts.page()
    page.goto("tell/")
    page.get_by_label("What happened?", exact=True).fill("It broke.")
    # A telephone's keys for numbers alone have no hyphen, which a date needs.
    expect(page.get_by_label("When was it?")).not_to_have_attribute("inputmode", "numeric")
    page.get_by_label("When was it?").fill("last week")
    expect(page.get_by_role("alert")).to_contain_text("Write a year")
    expect(page.locator("[data-kg-missing]")).to_contain_text("What did you expect?")
    expect(page.locator("[data-kg-missing]")).not_to_contain_text("What happened? ")
    file = downloaded(page, tmp_path)
    assert file.stem.startswith("lesson-20")
    result = checked(browsed, file, tmp_path, "2024")
    assert result.exit_code == 1
    said = [line for line in result.output.splitlines() if file.name in line]
    assert sum("[prompt-left]" in line for line in said) == 5
    for field in ("title", "summary", "outcome", "communities", "date"):
        assert any(field in line for line in said), field


def test_answers_stay_on_the_device_until_they_are_deleted(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("tell/")
    page.get_by_label("What helped?", exact=True).fill("A lantern.")
    page.get_by_role("checkbox", name="Harbour").check()
    expect(page.locator("[data-kg-status]")).to_have_text("Saved on this device.")
    page.reload()
    expect(page.get_by_label("What helped?", exact=True)).to_have_value("A lantern.")
    expect(page.get_by_role("checkbox", name="Harbour")).to_be_checked()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete what I wrote").click()
    expect(page.get_by_label("What helped?", exact=True)).to_have_value("")
    assert (
        page.evaluate("localStorage.length && Object.keys(localStorage).filter(key => key.includes('share')).length")
        == 0
    )
    page.reload()
    expect(page.get_by_label("What helped?", exact=True)).to_have_value("")


def test_a_browser_that_keeps_nothing_says_so(contexts: Contexts) -> None:
    page = contexts.page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page.goto("tell/")
    page.get_by_label("What helped?", exact=True).fill("A lantern.")
    expect(page.locator("[data-kg-status]")).to_contain_text("this browser keeps nothing")


def test_a_link_can_choose_the_community_and_the_cause(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("failures/haste/")
    page.get_by_role("link", name="This happened to us too").click()
    expect(page.get_by_role("checkbox", name="Haste")).to_be_checked()
    page.goto("communities/harbour/")
    page.get_by_role("link", name="Share a lesson").last.click()
    expect(page.get_by_role("checkbox", name="Harbour")).to_be_checked()


def test_the_ways_hand_over_what_was_written(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("tell/")
    page.get_by_label("What happened?", exact=True).fill("The gate & the quay.\nBoth failed.")
    page.get_by_label("What would somebody search for?", exact=True).fill("Gate")

    def address(name: str) -> str:
        return page.get_by_role("link", name=name).and_(page.locator(f"{FORM} a")).get_attribute("href") or ""

    editor = parse_qs(urlsplit(address("Open in the editor of GitHub")).query)
    assert editor["filename"][0].startswith("content/lessons/")
    assert editor["filename"][0].endswith("/gate.md")
    assert editor["value"][0] == page.locator("[data-kg-file]").input_value()
    issue = parse_qs(urlsplit(address("Open an issue")).query)
    assert (issue["template"], issue["title"]) == (["share-a-lesson.yml"], ["Gate"])
    assert issue["happened"] == ["The gate & the quay.\nBoth failed."]
    letter = unquote(address("Write to the steward"))
    assert letter.startswith("mailto:garden@example.org?subject=Gate&body=")
    for question in DEBRIEF:
        assert f"### {question.text}\r\n\r\n" in letter


def test_a_text_that_is_too_long_is_copied_whole(contexts: Contexts) -> None:
    page = contexts.page(NARROW)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="<title>Editor</title>"))
    page.goto("tell/")
    story = "水泵停了，没有人发现。" * 550
    page.get_by_label("What happened?", exact=True).fill(story)
    link = page.locator("a[data-kg-way=editor]")
    note = page.locator("li:has(> [data-kg-way=editor]) [data-kg-long]")
    expect(note).to_contain_text("too long to be handed over in an address")
    assert "value=" not in (link.get_attribute("href") or "")
    with page.context.expect_page() as opened:
        link.click()
    assert urlsplit(opened.value.url).path == "/example/garden/new/" + page.evaluate(
        "(selector) => JSON.parse(document.querySelector(selector).dataset.kgTell).ways.editor.empty.split('/new/')[1].split('?')[0]",
        FORM,
    )
    page.bring_to_front()
    expect(page.locator("[data-kg-sent]")).to_contain_text("Copied. Paste it")
    assert story in page.evaluate("navigator.clipboard.readText()")
    page.get_by_label("What happened?", exact=True).fill("短")
    expect(note).to_be_hidden()


def test_a_page_that_may_not_copy_says_where_the_text_is(contexts: Contexts) -> None:
    page = contexts.page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto("tell/")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator("[data-kg-sent]")).to_contain_text("The lesson as a file")


def test_the_form_is_filled_in_by_keyboard_alone(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("tell/")
    expect(page.locator(FORM)).to_be_visible()
    reached, hidden = set(), []
    for _ in range(120):
        page.keyboard.press("Tab")
        stop = page.evaluate(TAB_STOP)
        if stop is None:
            break
        if not stop["shown"]:
            hidden.append(stop["name"])
        reached.add(page.evaluate("document.activeElement.name || document.activeElement.dataset.kgWay || ''"))
    assert hidden == []
    fields = page.evaluate("(selector) => [...document.querySelector(selector).elements].map(({ name }) => name)", FORM)
    assert set(fields) - {"causes"} <= reached | {""}  # causes are in a part that is closed
    assert {"editor", "issue", "steward", "copy", "download"} <= reached


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_axe_finds_nothing_in_the_form_when_it_is_filled_in(contexts: Contexts, width: int, scheme: str) -> None:
    page = contexts.page(width, scheme)
    page.add_init_script(AXE)
    page.goto("tell/")
    fill_in(page)
    page.get_by_label("When was it?").fill("soon")
    page.get_by_text("The lesson as a file").first.click()
    expect(page.locator("[data-kg-near] li").first).to_be_visible()
    assert page.evaluate(RUN)["found"] == []
    page.goto("lessons/")
    page.get_by_text("Help with this page").click()
    assert page.evaluate(RUN)["found"] == []


def test_without_a_script_the_page_says_how(contexts: Contexts) -> None:
    page = contexts.page(NARROW, scripts=False)
    page.goto("tell/")
    expect(page.locator(FORM)).to_be_hidden()
    for question in DEBRIEF:
        expect(page.locator("[data-kg-sheet]")).to_contain_text(question.text)
    expect(page.get_by_role("link", name="Open an issue")).to_be_visible()
    steward = page.get_by_role("link", name="Write to the steward").first
    assert (steward.get_attribute("href") or "").startswith("mailto:garden@example.org")


def test_an_empty_sheet_is_printed_whatever_was_written(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("tell/")
    page.get_by_label("What helped?", exact=True).fill("A lantern.")
    expect(page.locator("[data-kg-sheet]")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("[data-kg-sheet]")).to_be_visible()
    expect(page.locator(FORM)).to_be_hidden()
    heights = page.locator("[data-kg-sheet] li").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().height)"
    )
    assert len(heights) == len(DEBRIEF)
    assert min(heights) > 80  # room to write


# The scripts and Python


def titles(site: Site) -> list[str]:
    """Odd titles, each letter of the first planes by itself, and random ones."""
    random_ = random.Random(10)
    letters = [chr(code) for code in [*range(0x2FFF), *range(0xF900, 0x10000), *range(0x1D400, 0x1D7FF)]]
    letters = [letter for letter in letters if not 0xD800 <= ord(letter) < 0xE000]
    pool = "aZ09 -_—ßØøŁłĐÆœþÞéİıſK™Ⓐﬁ\t\u00a0\u0085\u001c\ufeff\u2028日'\"%"
    mixed = ["".join(random_.choices(pool, k=random_.randint(1, 90))) for _ in range(500)]
    long = ["word " * 30, "x" * 100, "abc-" * 40, f"{'y' * 59} z", f"{'y' * 60} z", f"{'y' * 61} z"]
    return [*(f"a{letter}b" for letter in letters), *mixed, *long, "Déjà vu: it's 50% “off”", "index", ""]


def test_the_slug_is_pythons(contexts: Contexts, site: Site) -> None:
    page = contexts.page()
    page.goto("tell/")
    asked = titles(site)
    call = "argument[0].map((title) => module.makeSlug(title, argument[1]))"
    slugs = script(page, "tell-file.js", call, [asked, SLUG_LIMIT])
    different = [
        (title, slug, make_slug(title)) for title, slug in zip(asked, slugs, strict=True) if slug != make_slug(title)
    ]
    assert different == []
    form = {"slugLimit": SLUG_LIMIT, "reserved": list(RESERVED)}
    call = "module.filePath({ title: 'Index', date: '' }, argument, new Date(2026, 10, 24, 9, 5))"
    assert script(page, "tell-file.js", call, form) == "lessons/2026/lesson-2026-11-24-0905.md"


def test_the_addresses_are_pythons(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("tell/")
    files = sorted((CASES / "prefilled").glob("*.yml"))
    assert len(files) >= 12
    for file in files:
        case = yaml.safe_load(file.read_text(encoding="utf-8"))
        way, values = prefilled_way(case)
        made = script(page, "prefilled.js", "module.prefilled(argument[0], argument[1])", [asdict(way), values])
        assert made == {key: case["expected"][key] for key in ("fits", "address")}, file.name


HOSTILE = [
    "---\ntitle: x\n---",
    "# A heading\nText\n===\n\n## Another\n---",
    "<script>alert(1)</script> <!-- hidden --> <b>bold</b> 3 < 4 <https://example.org/>",
    "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs",
    "zero\u200bwidth \u202eright\u202c to left \ufeff\u0000\u0007 \u2028 line",
    "quotes \" ' \\ \\n %23 {{ jinja }} {% raw %} &amp; &#x3c;",
    "عربي: المضخة توقفت\r\nفي الليل\r",
    "水泵停了。\u3000没有人发现。",
    "- a list\n- of two\n\n> a quotation\n\n    code",
    "No: yes\n? key\n- *alias &anchor !tag | > @ `",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_makes_a_file_that_says_it(contexts: Contexts, browsed: Path, tmp_path: Path, text: str) -> None:
    page = contexts.page()
    page.goto("tell/")
    fill_in(page)
    for label in STORY:
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("What happened and what did it teach").fill(text)
    file = downloaded(page, tmp_path)
    result = checked(browsed, file, tmp_path, "2024")
    said = [line for line in result.output.splitlines() if file.name in line and " error " in line]
    assert said == []
    loaded = load_garden(tmp_path / "copy/content", today=TODAY, with_history=False)
    lesson = next(each for each in loaded.garden.lessons.values() if each.path.endswith(file.name))
    visible = " ".join(script(page, "tell-file.js", "module.oneLine(argument)", text).split())
    assert lesson.fields.title == lesson.fields.summary == visible
    assert [heading.level for heading in lesson.page.headings] == [2] * 6
