"""Long recurrences, bounded pages, and what the principles page says of a garden."""

import re
import time
from pathlib import Path

import pytest

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.indexes.chains import WINDOW
from knowledge_garden.model import addresses
from knowledge_garden.pages.around import after_text, before_text
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html
from knowledge_garden.pages.principles import with_proofs
from knowledge_garden.pages.proofs import PROOFS, proofs
from planting import TODAY, plant

LESSON = """---
title: Number {number}
summary: It happened.
outcome: failure
communities: [harbour]
causes: [haste]
sources: [One, Two]
{more}actions:
  - {{what: Advice {number}, owner: harbour, status: {status}}}
---
"""


def planted(folder: Path, size: int, more: str = "") -> LoadedGarden:
    content = plant("good", folder)
    (content / "lessons/2022").mkdir()
    for number in range(size):
        text = LESSON.format(
            number=number,
            status="done" if number else "open",
            more=more + f"date: {1000 + number}\n" + (f"recurs: [l{number - 1:04}]\n" if number else ""),
        )
        (content / f"lessons/2022/l{number:04}.md").write_text(text)
    return load_garden(content, today=TODAY, with_history=False)


def shown(loaded: LoadedGarden, path: str) -> str:
    return next(page_html(page, loaded.indexes, Frame()) for page in loaded.pages if page.path == path)


@pytest.fixture(scope="module")
def long_chain(tmp_path_factory: pytest.TempPathFactory) -> LoadedGarden:
    return planted(tmp_path_factory.mktemp("long"), 1_000)


def test_a_recurrence_of_a_thousand_is_made_in_linear_time_with_pages_of_a_hundred(long_chain: LoadedGarden) -> None:
    began = time.process_time()
    recurrence, position = long_chain.indexes.recurrences.of["l0500"]
    assert time.process_time() - began < 2
    assert position == 500
    assert len(recurrence.times) == 1_000
    assert recurrence.still_open == (1,)
    pages = [page.path for page in long_chain.pages if page.path.startswith("failures/again/")]
    assert pages == ["failures/again/l0000.md", *(f"failures/again/l0000/{number}.md" for number in range(2, 11))]
    last = shown(long_chain, pages[-1])
    assert last.count('<li class="kg-step ') == 100
    assert '<ol class="kg-steps" start="901">' in last
    assert "It has happened 1,000 times; what was recommended after 1 of them is still open." in last
    assert 'href="../9/"' in last


@pytest.mark.parametrize("position", [0, 1, 500, 998, 999])
def test_a_lesson_shows_the_times_around_it_and_a_way_to_the_others(long_chain: LoadedGarden, position: int) -> None:
    path = f"lessons/2022/l{position:04}.md"
    html = before_text(long_chain.indexes, Frame(), path)
    years = [int(year) for year in re.findall(r'kg-step__year">(\d+)<', html)]
    around = [number for number in range(position - 2, position + 3) if 0 <= number < 1_000]
    assert years == [1000 + number for number in sorted({0, *around, 999})]
    assert html.count(f'href="../../../{addresses.recurrence("l0000")[:-3]}/"') >= 1
    assert len(html) < 20_000
    assert f'aria-current="page">Number {position}<' in html


def test_lists_of_recurrences_stay_short(long_chain: LoadedGarden) -> None:
    for path in (addresses.FAILURES, addresses.cause("haste")):
        html = shown(long_chain, path)
        assert html.count('class="kg-step ') <= WINDOW + 8, path


def test_a_short_recurrence_is_shown_whole_and_has_no_page_of_its_own(tmp_path: Path) -> None:
    loaded = planted(tmp_path, WINDOW)
    assert not [page for page in loaded.pages if page.path.startswith("failures/again/")]
    html = before_text(loaded.indexes, Frame(), "lessons/2022/l0003.md")
    assert html.count("kg-step__year") == WINDOW
    assert "The seventh time; what was recommended the first time is still open." in html


def test_actions_are_listed_in_pages_of_a_hundred(long_chain: LoadedGarden) -> None:
    pages = [page.path for page in long_chain.pages if page.path.startswith("failures/actions/")]
    assert len(pages) == 11, "1,000 of the chain, and one of the good garden"
    first, last = shown(long_chain, pages[0]), shown(long_chain, pages[-1])
    assert first.count('<li class="kg-action">') == 100
    assert first.index("Advice 0") < first.index("Advice 1<")
    assert last.count('<li class="kg-action">') == 1
    assert "Close the gap" in last
    assert "Page 11 of 11" in last


def test_the_pages_of_a_large_community_are_bounded(long_chain: LoadedGarden) -> None:
    for path in (addresses.maintenance("harbour"), addresses.MAINTENANCE, addresses.EFFECT, addresses.CELEBRATE):
        assert len(shown(long_chain, path)) < 300_000, path


def test_a_cause_may_not_take_the_address_of_the_actions(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    settings = content / "garden.yml"
    settings.write_text(settings.read_text().replace("  haste:", "  actions:"))
    loaded = load_garden(content, today=TODAY, with_history=False)
    assert any("actions can't be the key of a cause" in problem.message for problem in loaded.problems)


def test_each_message_of_the_principles_shows_an_example_or_stays_silent(tmp_path: Path) -> None:
    loaded = planted(tmp_path, 3)
    html = "<p>First.</p>" + "".join(f'<h2 id="{key}">{key}</h2><p>Text of {key}.</p>' for key in [*PROOFS, "other"])
    found = with_proofs(html, loaded.indexes, Frame(), addresses.PRINCIPLES)
    sections = dict(re.findall(r'<h2 id="(\w+)">(.*?)(?=<h2|\Z)', found, re.S))
    assert re.sub(r'<p class="kg-proof">.*?</p>\n?', "", found, flags=re.S) == html
    assert "The third time; what was recommended the first time is still open." in sections["failure"]
    assert "Quercus Robur used “The wall that ended too soon”." in sections["celebrate"]
    assert 'href="../celebrate/"' in sections["celebrate"]
    assert "Our charters name 1 partner outside" in sections["partners"]
    assert "kg-proof" not in sections["communities"], "there is only one community"
    assert "kg-proof" not in sections["other"]
    assert with_proofs(html, loaded.indexes, Frame(), "index.md") == html


def test_an_invented_recurrence_gives_way_to_what_is_real(tmp_path: Path) -> None:
    loaded = planted(tmp_path, 3, more="sample: true\n")
    proof = PROOFS["failure"](loaded.indexes)
    assert proof
    assert proof.text == (
        "1 of 2 lessons are about something that failed or nearly did; 1 action was confirmed to work."
    )
    (tmp_path / "content/lessons/2020/spring-flood.md").unlink()
    invented = PROOFS["failure"](load_garden(tmp_path / "content", today=TODAY, with_history=False).indexes)
    assert invented
    assert invented.sample
    assert "what was recommended the first time is still open" in invented.text


def test_invented_partners_count_only_where_there_are_no_others(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    partner = "---\ntitle: Eelgrass Lines\nurl: https://example.org\nsample: true\n---\n"
    (content / "partners/eelgrass.md").write_text(partner)
    charter = content / "communities/harbour.md"
    written = charter.read_text()
    for named, sample in [("[river-board, eelgrass]", False), ("[eelgrass]", True)]:
        charter.write_text(written.replace("partners: [river-board]", f"partners: {named}"))
        proof = PROOFS["partners"](load_garden(content, today=TODAY, with_history=False).indexes)
        assert proof
        assert proof.text == "Our charters name 1 partner outside from which we learn."
        assert proof.sample is sample


def test_the_home_page_shows_each_message_whose_page_the_site_has(tmp_path: Path) -> None:
    loaded = planted(tmp_path, 1)
    failures = "are about something that failed or nearly did"
    home = after_text(loaded.indexes, Frame(), addresses.HOME)
    assert failures in home
    assert home.index('id="principles"') < home.index("Our charters name 1 partner outside") < home.index("used “The")
    assert [proof.path for proof in proofs(loaded.indexes, ["failures"])].count(addresses.FAILURES) == 1
    assert addresses.FAILURES not in [proof.path for proof in proofs(loaded.indexes, [])]
    assert 'id="principles"' not in after_text(loaded.indexes, Frame(features=frozenset()), addresses.HOME)


def test_an_empty_garden_has_nothing_to_show_on_its_principles(tmp_path: Path) -> None:
    (tmp_path / "garden.yml").write_text("name: Empty\n")
    loaded = load_garden(tmp_path, today=TODAY, with_history=False)
    assert {key: prove(loaded.indexes) for key, prove in PROOFS.items()} == dict.fromkeys(PROOFS)
    for path in (addresses.CELEBRATE, addresses.EFFECT, addresses.MAINTENANCE, addresses.ACTIONS):
        assert "kg-empty" in shown(loaded, path), path
