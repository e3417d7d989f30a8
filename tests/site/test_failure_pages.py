"""Golden pages of failures, successes, causes and pre-mortems: what they show, in which order, and where they are cut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from building import Site, build, configure
from crawling import dead_links
from knowledge_garden.pages.failures import LISTED, OF_OUTCOME
from planting import plant

LESSON = """---
title: {title}
summary: Something happened. It taught something.
outcome: {outcome}
communities: [{community}]
{more}
---
Text.
"""
SETTINGS = """name: The harbour garden
outcomes: {failure: It failed, near-miss: It nearly failed, success: It worked}
stages: {build: Making it, operate: Running it}
causes:
  rare: {title: Rarely seen, group: People}
  common:
    title: Often seen
    group: People
    description: It comes back.
    prevention: Look at it each week.
    also: [usual, ordinary]
    signs: ["“It always works.”", Nobody asks.]
    checks: [Who asks?, Read the log.]
  other: {title: Something else, group: Things}
  alone: {title: Without a group}
"""


def write(content: Path, slug: str, outcome: str, more: str, community: str = "harbour", title: str = "") -> None:
    text = LESSON.format(title=title or slug.capitalize(), outcome=outcome, community=community, more=more)
    (content / "lessons/2021" / f"{slug}.md").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("garden")
    content = plant("good", made)
    for old in content.glob("lessons/*/*.md"):
        old.unlink()
    (content / "garden.yml").write_text(SETTINGS, encoding="utf-8")
    (content / "communities/yard.md").write_text(
        (content / "communities/harbour.md").read_text().replace("title: ", "title: Yard of ", 1), encoding="utf-8"
    )
    write(content, "first", "failure", "causes: [common]\ndate: 2001\nstage: build")
    write(
        content,
        "second",
        "failure",
        "causes: [common, other]\ndate: 2002\nstage: operate\nrecurs: [first]\nactions:\n  - {what: Close the gap, status: open}",
        "yard",
    )
    write(content, "third", "near-miss", "causes: [common, rare]\ndate: 2002\nstage: operate\nseverity: critical")
    write(content, "fourth", "success", "prevented: [common]\ndate: 2004")
    return made


@pytest.fixture(scope="module")
def site(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build(configure(folder), tmp_path_factory.mktemp("site"))


def section(site: Site, path: str, anchor: str) -> str:
    """The words of the section of a page that begins with the heading `anchor`."""
    html = site.html(path)
    begin = html.index(f'id="{anchor}"')
    end = html.find("<section", begin)
    bare = re.sub(r"<[^>]*>", " ", html[html.index(">", begin) + 1 : end if end > 0 else len(html)])
    return " ".join(bare.replace("&#39;", "'").split())


def table(site: Site, path: str, anchor: str) -> list[list[str]]:
    """The rows of the table under a heading: the shade of a cell after its number."""
    html = site.html(path)
    begin = html.index("<table", html.index(f'aria-labelledby="{anchor}"'))
    rows = re.findall(r"<tr>(.*?)</tr>", html[begin : html.index("</table>", begin)], re.S)
    return [
        [
            " ".join(re.sub(r"<[^>]*>", "", words).split()) + (f"/{shade}" if shade else "")
            for shade, words in re.findall(r"<t[hd](?:[^>]*kg-shade--(\d))?[^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in rows
    ]


CAUSE = "failures/common/index.html"


def test_a_cause_has_its_words_signs_checks_and_lessons(site: Site) -> None:
    head = site.text(CAUSE)
    assert head.startswith(
        "Cause People Often seen It comes back. Also called: usual and ordinary What prevents it Look at it"
    )
    assert section(site, CAUSE, "signs") == "Early signs “It always works.” Nobody asks."
    assert section(site, CAUSE, "checks").startswith("Checklist Who asks? Read the log. Copy as Markdown")
    assert "- [ ] Who asks?\n- [ ] Read the log.</textarea>" in site.html(CAUSE)
    assert section(site, CAUSE, "actions") == "Actions still open Close the gap Second"
    assert section(site, CAUSE, "again") == "It happened again 2001 First 2002 Second Open: Close the gap"
    assert "Fourth" in section(site, CAUSE, "prevented")
    failed, nearly = section(site, CAUSE, "outcome-failure"), section(site, CAUSE, "outcome-near-miss")
    assert failed.startswith("It failed 2 lessons Second")
    assert failed.index("Second") < failed.index("First")
    assert nearly.startswith("It nearly failed 1 lesson Third")
    assert section(site, CAUSE, "beside").startswith("Often occurs with Something else 1 lesson Rarely seen 1 lesson")


def test_causes_stand_by_weight_within_their_groups(site: Site) -> None:
    words = section(site, "failures/index.html", "causes")
    order = [
        "People",
        "Often seen",
        "3 lessons",
        "Rarely seen",
        "1 lesson",
        "Things",
        "Something else",
        "Without a group",
    ]
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert re.findall(r'<h3 id="group-\d+">(.*?)</h3>', site.html("failures/index.html")) == ["People", "Things"]


def test_causes_by_community_and_by_stage_are_tables_with_numbers_and_shades(site: Site) -> None:
    by_community = table(site, "failures/index.html", "by-communities")
    assert by_community[0][0] == ""
    assert by_community[1:] == [
        ["Rarely seen", "1/1", "/0"],
        ["Often seen", "2/2", "1/1"],
        ["Something else", "/0", "1/1"],
    ]
    assert table(site, "failures/index.html", "by-stages") == [
        ["", "Making it", "Running it"],
        ["Rarely seen", "/0", "1/1"],
        ["Often seen", "1/1", "2/2"],
        ["Something else", "/0", "1/1"],
    ]


def test_outcomes_stand_by_year(site: Site) -> None:
    assert table(site, "failures/index.html", "years") == [
        ["From", "It worked", "It failed", "Mixed", "It nearly failed"],
        ["2001", "/0", "1/1", "/0", "/0"],
        ["2002", "/0", "1/1", "/0", "1/1"],
        ["2003", "/0", "/0", "/0", "/0"],
        ["2004", "1/1", "/0", "/0", "/0"],
    ]


def test_successes_say_what_they_prevented(site: Site) -> None:
    assert section(site, "successes/index.html", "prevented") == "What they prevented Often seen Fourth"
    assert section(site, "successes/index.html", "all").startswith("All successes Fourth It worked 2004")
    assert "First" not in site.text("successes/index.html")
    assert "Fourth" not in section(site, "failures/index.html", "all")


def test_a_stage_and_a_stage_within_a_community_have_their_own_risks(site: Site) -> None:
    stage = site.text("premortem/operate/index.html")
    assert stage.index("Often seen") < stage.index("Rarely seen") < stage.index("Something else")
    risk = section(site, "premortem/operate/index.html", "common")
    for words in ("Who asks?", "Read the log.", "What prevents it: Look at it each week.", "Seen in: Third Second"):
        assert words in risk
    assert "Prevented in: Fourth" in risk
    assert site.html("premortem/operate/index.html").count('class="kg-risk__question">Who asks?') == 1
    assert "## Often seen (2 lessons)\n\n**Who asks?**\n\nLook at it each week.\n\n- [ ] Read the log." in site.html(
        "premortem/operate/index.html"
    )
    yard = site.text("premortem/operate/yard/index.html")
    assert "Rarely seen" not in yard
    assert yard.index("Often seen") < yard.index("Something else")
    assert not (site.folder / "premortem/build/yard").exists()
    assert 'aria-current="page"' in site.html("premortem/operate/yard/index.html")


def test_long_lists_are_cut_and_lead_to_all(tmp_path: Path) -> None:
    plant("good", tmp_path)
    content = tmp_path / "content"
    for old in content.glob("lessons/*/*.md"):
        old.unlink()
    (content / "garden.yml").write_text(SETTINGS, encoding="utf-8")
    for number in range(LISTED + 5):
        write(content, f"f{number}", "failure", f"causes: [common{', rare' * (number < 10)}]\ndate: {1950 + number}")
        write(content, f"s{number}", "success", f"prevented: [common]\ndate: {1950 + number}")
    site = build(configure(tmp_path), tmp_path / "site")
    for path, facets in {
        "failures/index.html": "?outcome=failure&amp;outcome=mixed&amp;outcome=near-miss",
        "successes/index.html": "?outcome=success",
        CAUSE: "?cause=common&amp;outcome=failure",
    }.items():
        html = site.html(path)
        (link,) = re.findall(r'<a class="kg-more" href="([^"]*)">', html)
        assert link.endswith(f"search/{facets}"), path
        assert f"All {LISTED + 5} lessons" in site.text(path)
    assert site.html("failures/index.html").count('<article class="kg-lesson"') == LISTED
    assert (
        site.html(CAUSE).count('<article class="kg-lesson"') == 2 * OF_OUTCOME
    )  # those that failed, those that prevented
    assert f"and {LISTED + 5 - OF_OUTCOME} more" in section(site, CAUSE, "prevented")
    assert "f24" in site.html("failures/index.html")
    assert "lessons/2021/f0/" not in site.html("failures/index.html")
    assert "and 20 more" in section(site, "successes/index.html", "prevented")
    # Where numbers are large, a cell is as dark as its share of the largest.
    assert table(site, "failures/index.html", "by-communities")[1:] == [["Rarely seen", "10/2"], ["Often seen", "25/5"]]


def test_without_the_pages_of_causes_nothing_leads_there(tmp_path: Path) -> None:
    plant("browsed", tmp_path)
    site = build(configure(tmp_path, plugins=["garden"]), tmp_path / "site")
    assert not (site.folder / "failures" / "index.html").exists()
    assert [link for link in dead_links(site) if "handbook/" not in link] == []
    assert "Nobody's duty" in site.text("premortem/operate/index.html")
    assert 'id="by-cause"' not in site.html("search/index.html")
