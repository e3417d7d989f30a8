"""Small gardens as sites: what is shown, what is kept back, and which plugins and settings it works with."""

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli as mkdocs_cli
from mkdocs.exceptions import Abort

from building import ALL, Site, build, configure
from crawling import dead_links
from planting import GARDENS, plant

FLOOD = "lessons/2020/spring-flood/index.html"
MATERIAL = {"name": "material", "font": False}
NO_HISTORY = [{"garden": {"history": False}}, *ALL[1:]]


def build_site(name: str, folder: Path, files: dict[str, str] | None = None, **options: object) -> Site:
    """Build a small garden, with `files` (path in content → text) added."""
    content = plant(name, folder)
    for path, text in (files or {}).items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    strict = bool(options.pop("strict", False))
    plugins = options.pop("plugins", NO_HISTORY)
    return build(configure(folder, plugins, **options), folder / "site", strict=strict)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build_site("good", tmp_path_factory.mktemp("good"), strict=True)


def test_a_lesson_shows_what_it_is_and_where_it_belongs(good: Site) -> None:
    text = good.text(FLOOD)
    for words in (
        "The wall that ended too soon",
        "Walk the whole line before calling it closed.",
        "It failed",
        "10 March 2020",
        "North shore",
        "Nobody's duty",
        "Harbour",
        "Told by Rosa Canina",
        "how the dock was tested",
        "Close the gap",
        "Report of the inquiry",
        "Linked from A dock tested before the water came",
        "Begin with The wall that ended too soon",
    ):
        assert words in text
    links = good.links(FLOOD)
    assert "../../2021/dry-dock/" in links
    assert "../../../communities/harbour/" in links
    assert "../../../failures/unclear-duty/" in links
    assert "../../../people/rosa-canina/" in links
    assert "https://example.org/report" in links


def test_the_lists_hold_everything(good: Site) -> None:
    assert "A dock tested before the water came" in good.text("lessons/index.html")
    assert "A dock tested before the water came" not in good.text("failures/haste/index.html")
    assert "The wall that ended too soon" in good.text("failures/unclear-duty/index.html")
    assert "Put one name on each check." in good.text("failures/unclear-duty/index.html")
    assert "How others test a flood gate" in good.text("needs/index.html")
    assert "Rosa Canina Flood gates" in good.text("needs/index.html")
    assert "South shore" in good.text("corners/index.html")
    assert "The River Board" in good.text("partners/index.html")
    assert "Acer Campestre" in good.text("people/index.html")
    assert "unknown-outcome" in good.text("handbook/problems/index.html")
    assert "responds_to" in good.text("handbook/fields/index.html")


def test_an_alias_leads_on_to_its_page(good: Site) -> None:
    html = good.html("people/campestre/index.html")
    assert "../acer-campestre/" in html
    assert "Acer Campestre" in html


def test_every_link_leads_somewhere_but_to_the_handbook(good: Site) -> None:
    # The garden's pages point to chapters of the handbook that this garden does not have.
    assert [link for link in dead_links(good) if "handbook/" not in link] == []


@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
@pytest.mark.parametrize("name", ["good", "odd-but-good"])
def test_odd_texts_and_both_forms_of_addresses_build_strictly(name: str, directory_urls: bool, tmp_path: Path) -> None:
    site = build_site(name, tmp_path, strict=True, use_directory_urls=directory_urls)
    assert site.warnings == []
    assert [link for link in dead_links(site) if "handbook/" not in link] == []
    assert ("lessons/2021/dry-dock.html" in site.files()) is not directory_urls


def test_text_in_code_stays_as_it_is(tmp_path: Path) -> None:
    site = build_site("odd-but-good", tmp_path)
    text = site.text("lessons/2020/broken/index.html")
    assert text.count("[[nothing]]") == 4  # and once more, cut up by the highlighting


@pytest.mark.parametrize("without", ALL[1:])
def test_any_of_the_plugins_may_be_left_out(without: str, tmp_path: Path) -> None:
    plugins = [each for each in NO_HISTORY if each != without]
    site = build_site("good", tmp_path, plugins=plugins)
    assert ("failures/index.html" in site.files()) is (without != "garden-failures")
    assert ("credits/index.html" in site.files()) is (without != "garden-credits")
    assert ("Linked from" in site.text(FLOOD)) is (without != "garden-links")
    assert ("Credit" in site.text(FLOOD)) is (without != "garden-credits")


@pytest.mark.parametrize("without", ["garden-credits", "garden-links"])
def test_no_link_is_left_to_the_pages_of_a_plugin_that_is_off(without: str, tmp_path: Path) -> None:
    site = build_site("good", tmp_path, plugins=[each for each in NO_HISTORY if each != without])
    assert [link for link in dead_links(site) if "handbook/" not in link] == []


@pytest.mark.parametrize("alone", ALL[1:])
def test_a_plugin_without_the_garden_says_what_is_missing(alone: str, tmp_path: Path) -> None:
    with pytest.raises(Abort, match=rf"{alone} needs the plugin garden: add “- garden” before “- {alone}”"):
        build_site("good", tmp_path, plugins=[alone])


def test_the_order_of_the_plugins_does_not_matter(tmp_path: Path) -> None:
    site = build_site("good", tmp_path, plugins=list(reversed(NO_HISTORY)), strict=True)
    assert "how the dock was tested" in site.text(FLOOD)
    assert "failures/index.html" in site.files()


def test_an_empty_garden_builds(tmp_path: Path) -> None:
    site = build_site("empty", tmp_path, strict=True)
    assert "No lesson has been shared yet" in site.text("lessons/index.html")
    assert "No failure has been shared yet" in site.text("failures/index.html")


def test_a_garden_without_any_page_builds(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    site = build(configure(tmp_path, NO_HISTORY), tmp_path / "site", strict=True)
    assert "index.html" in site.files()


# Every way in which a file can be unreadable, and some in which a record can be wrong: no build may end in a traceback.
BROKEN = [
    "bad-slug",
    "bad-suffix",
    "address-generated",
    "address-taken",
    "hidden-text-in-fields",
    "merge-conflict-in-fields",
    "name-with-markup",
    "own-outcome",
    "picture-position",
    "svg",
    "too-many-items",
    "byte-order-mark-and-windows-newlines",
    "empty-file",
    "front-matter-list",
    "front-matter-text",
    "front-matter-unclosed",
    "missing-field",
    "not-utf8",
    "not-utf8-utf16",
    "settings-broken",
    "settings-cause-key",
    "symlink",
    "too-large",
    "unsafe-address",
    "wrong-type-number",
    "yaml-alias-bomb",
    "yaml-broken",
    "yaml-duplicate-key",
    "yaml-python-tag",
    "yaml-too-deep",
]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_garden_builds_with_its_problems_named(name: str, tmp_path: Path) -> None:
    site = build_site(name, tmp_path)
    problems = [line for line in site.warnings if re.search(r"\[[a-z0-9-]+\]$", line)]
    assert problems or name == "byte-order-mark-and-windows-newlines"
    assert not [path for path in site.files() if path.endswith((".md", ".MD", ".markdown", ".yml"))]


def test_a_broken_garden_stops_a_strict_build_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(Abort, match=r"content/lessons/2020/broken\.md:31: There is no lessons/2020/spring-floods\.md"):
        build_site("broken-link", tmp_path, strict=True)


def test_what_a_symbolic_link_points_to_is_not_published(tmp_path: Path) -> None:
    site = build_site("symlink", tmp_path)
    assert (GARDENS / "symlink" / "outside" / "secret.md").read_text() == "CANARY\n"
    assert not [path for path, data in site.files().items() if b"CANARY" in data]


@pytest.mark.parametrize("name", ["symlink-circle", "symlink-folder"])
def test_a_symbolic_link_to_a_folder_stops_the_build_before_anything_follows_it(name: str, tmp_path: Path) -> None:
    with pytest.raises(Abort, match="handbook in content is a symbolic link to a folder"):
        build_site(name, tmp_path)


@pytest.mark.parametrize("front", ["---\n{}---\n", "---\n{}...\n", "---\n{}---"])
def test_front_matter_is_not_read_as_something_else(front: str, tmp_path: Path) -> None:
    fields = """title: Yard
purpose: To keep the yard.
sponsor: linnea-borealis
leads: [rosa-canina]
status: dormant
template: nosuch.html
hide: 7
tags: 3
"""
    site = build_site("good", tmp_path, {"communities/yard.md": front.format(fields)})
    text = site.text("communities/yard/index.html")
    assert "dormant" in text
    assert "template" not in text
    assert "purpose:" not in text


def test_front_matter_of_a_broken_record_is_not_read_as_something_else(tmp_path: Path) -> None:
    site = build_site(
        "good", tmp_path, {"communities/yard.md": "---\ntitle: Yard\ntemplate: nosuch.html\n---\nWe meet.\n"}
    )
    assert "We meet." in site.text("communities/yard/index.html")


def test_a_first_line_with_a_colon_is_not_lost(tmp_path: Path) -> None:
    pages = {
        "notes/one.md": "Note: the first line.\n\nMore.\n",
        "notes/two.md": "---\n---\nNote: the second line.\n",
        "notes/three.md": "---\ntitle: Three\nhide: [toc]\n---\n\n\nNote: the third line with [[dry-dock]].\n",
    }
    site = build_site("good", tmp_path, pages)
    for name, words in (("one", "first"), ("two", "second"), ("three", "third")):
        assert f"Note: the {words} line" in site.text(f"notes/{name}/index.html")
    assert "<title>Three" in site.html("notes/three/index.html")
    assert "../../lessons/2021/dry-dock/" in site.links("notes/three/index.html")


@pytest.mark.parametrize("theme", [{}, {"theme": MATERIAL}], ids=["bare", "material"])
def test_what_is_written_is_escaped(theme: dict[str, object], tmp_path: Path) -> None:
    evil = "</title><script>alert(1)</script>"
    lesson = (GARDENS / "good/content/lessons/2020/spring-flood.md").read_text(encoding="utf-8")
    lesson = lesson.replace("The wall that ended too soon", f"'{evil} & \"quotes\" {{{{ 7*7 }}}}'")
    lesson = lesson.replace("place: north", f"place: '{evil}'").replace("Close the gap", f"'{evil}'")
    page = f"---\ntitle: '{evil}'\ndescription: '\">{evil}'\n---\n[[spring-flood]]\n"
    site = build_site("good", tmp_path, {"lessons/2020/spring-flood.md": lesson, "notes/one.md": page}, **theme)
    for path, data in site.files().items():
        if path.endswith((".html", ".json")):
            assert b"<script>alert(1)" not in data, path
    assert "{{ 7*7 }}" in site.text(FLOOD)
    assert "49" not in site.text(FLOOD)


def test_a_file_takes_the_place_of_a_generated_page(tmp_path: Path) -> None:
    site = build_site("good", tmp_path, {"lessons/index.md": "# Our lessons\n\nIn our own words.\n"}, strict=True)
    assert "In our own words." in site.text("lessons/index.html")


def test_a_folders_readme_takes_the_place_of_a_generated_page(tmp_path: Path) -> None:
    files = {"lessons/README.md": "# Our lessons\n\nIn our own words.\n", "index.md": "Welcome.\n"}
    site = build_site("good", tmp_path, files, strict=True)
    assert "In our own words." in site.text("lessons/index.html")


def test_a_page_does_not_hide_a_generated_one_unnoticed(tmp_path: Path) -> None:
    files = {"lessons.md": "# Our lessons\n\nIn our own words.\n", "index.md": "Welcome.\n"}
    with pytest.raises(Abort, match=r"lessons\.md has the same address on the site as the page that the garden makes"):
        build_site("good", tmp_path, files, strict=True)


PERSON = "---\nname: {}\n{}needs: [How to pump a flooded cellar]\nholds: [Pumping of flooded cellars {}]\n---\n"


def test_needs_are_offered_to_others_who_are_shown(tmp_path: Path) -> None:
    people = {f"people/a{n}.md": PERSON.format(f"Hid {n}", "display: hidden\n", n) for n in range(3)}
    people |= {f"people/b{n}.md": PERSON.format(f"Open {n}", "", n) for n in range(5)}
    text = build_site("good", tmp_path, people).text("needs/index.html")
    asked = [part.split() for part in text.split("How to pump a flooded cellar May be able to help:")[1:]]
    assert len(asked) == 5
    for number, part in enumerate(asked):
        offered = [int(part[place + 1]) for place, word in enumerate(part) if word == "Open"][:3]
        assert offered == [n for n in range(5) if n != number][:3]


def test_the_order_of_people_tells_nothing_of_hidden_names(tmp_path: Path) -> None:
    people = {
        "people/aaron.md": "---\nname: Aaron\ndisplay: pseudonym\npseudonym: Zostera\nneeds: [Nets]\n---\n",
        "people/zoe.md": "---\nname: Zoe\ndisplay: pseudonym\npseudonym: abies\nneeds: [Ropes]\n---\n",
    }
    site = build_site("good", tmp_path, people)
    for page in ("people/index.html", "needs/index.html"):
        text = site.text(page)
        assert -1 < text.index("abies") < text.index("Acer Campestre") < text.index("Zostera"), page


def test_a_profile_shows_its_links_where_it_is_published(tmp_path: Path) -> None:
    links = "links: [{title: Notes on locks, url: https://example.org/locks}]\n"
    people = {
        "people/iris.md": f"---\nname: Iris Blue\n{links}---\n",
        "people/tilia.md": f"---\nname: Tilia\ndisplay: initials\n{links.replace('locks', 'limes')}---\n",
    }
    site = build_site("good", tmp_path, people)
    assert "Links Notes on locks" in site.text("people/iris/index.html")
    assert "https://example.org/locks" in site.links("people/iris/index.html")
    assert not [path for path, data in site.files().items() if b"limes" in data]


def test_a_lesson_says_how_grave_it_was(tmp_path: Path) -> None:
    lesson = (GARDENS / "good/content/lessons/2020/spring-flood.md").read_text(encoding="utf-8")
    site = build_site("good", tmp_path, {"lessons/2020/grave.md": lesson.replace("\ndate:", "\nseverity: high\ndate:")})
    assert "Severity High harm" in site.text("lessons/2020/grave/index.html")
    assert "Severity" not in site.text(FLOOD)


def test_a_page_that_another_plugin_replaces_is_left_to_it(tmp_path: Path) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text(
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        "    files.remove(files.get_file_from_path('index.md'))\n"
        "    files.append(File.generated(config, 'index.md', content='# Another\\n\\nSee [[dry-dock|the dock]].'))\n"
        "    return files\n",
        encoding="utf-8",
    )
    site = build_site("good", tmp_path, hooks=[str(hook)])
    assert "See the dock" in site.text("index.html")


def test_a_rebuild_sees_what_has_changed(tmp_path: Path) -> None:
    first = build_site("good", tmp_path)
    assert "lessons/2021/dry-dock/index.html" in first.files()
    (tmp_path / "content/lessons/2021/dry-dock.md").unlink()
    (tmp_path / "content/lessons/2020/spring-flood.md").write_text("---\ntitle: Gone\n---\n", encoding="utf-8")
    second = build(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert "lessons/2021/dry-dock/index.html" not in second.files()
    assert "No lesson has been shared yet" in second.text("lessons/index.html")


def test_an_epoch_that_is_no_number_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises((Abort, ValueError), match="yesterday"):
        build_site("good", tmp_path)


def test_a_dirty_build_is_refused(tmp_path: Path) -> None:
    plant("good", tmp_path)
    config = configure(tmp_path, NO_HISTORY)
    result = CliRunner().invoke(mkdocs_cli, ["build", "--dirty", "-q", "-f", str(config), "-d", str(tmp_path / "site")])
    assert result.exit_code != 0
    assert "--dirty leaves pages without their links and credit" in result.output + str(result.exception)


@pytest.mark.parametrize(
    ("repository", "commit"),
    [
        ("https://github.com/example/garden", "https://github.com/example/garden/commit/"),
        ("https://gitlab.com/example/garden/", "https://gitlab.com/example/garden/-/commit/"),
        ("https://git.example.org/garden", ""),
    ],
)
def test_edit_and_evidence_links_lead_to_the_repository(repository: str, commit: str, tmp_path: Path) -> None:
    plant("good", tmp_path)
    commit_all(tmp_path, "Rosa Canina", "rosa@example.org")
    config = configure(tmp_path, ALL, repo_url=repository, edit_uri="edit/main/content/")
    site = build(config, tmp_path / "site")
    links = site.links(FLOOD)
    base = repository.rstrip("/")
    assert f"{base}/edit/main/content/lessons/2020/spring-flood.md" in links
    assert bool([link for link in links if commit and link.startswith(commit)]) is bool(commit)


def commit_all(folder: Path, name: str, address: str) -> None:
    """Commit everything, with nothing taken from this machine's settings."""
    who = {"NAME": name, "EMAIL": address, "DATE": "2024-05-01T10:00:00+0000"}
    environment = {**os.environ, "HOME": str(folder), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    environment |= {f"GIT_{part}_{key}": value for part in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    for command in (["init", "-q", "-b", "main"], ["add", "content"], ["commit", "-q", "-m", "Plant"]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True, capture_output=True)


SECRETS = ("Ulmus", "Glabra", "glabra", "wych-elm")


@pytest.mark.parametrize(
    ("display", "shown"),
    [
        ("display: hidden", "Someone who prefers not to be named"),
        ("display: initials", "U. G."),
        ("display: pseudonym\npseudonym: Lichen", "Lichen"),
        ("display: pseudonym", "U. G."),
    ],
    ids=["hidden", "initials", "pseudonym", "pseudonym-without"],
)
def test_who_does_not_wish_to_be_named_is_nowhere_in_the_output(display: str, shown: str, tmp_path: Path) -> None:
    person = f"""---
name: Ulmus Glabra
{display}
aliases: [wych-elm]
holds: [Flood gates]
needs: [A longer line]
uses: [dry-dock]
---
# Ulmus Glabra

I told [[spring-flood]] and keep [the dock](../lessons/2021/dry-dock.md).
"""
    lesson = (GARDENS / "good/content/lessons/2020/spring-flood.md").read_text(encoding="utf-8")
    lesson = lesson.replace("told_by: [rosa-canina]", "told_by: [ulmus-glabra]").replace(
        "owner: harbour", "owner: ulmus-glabra"
    )
    lesson = lesson.replace("owner: acer-campestre", "owner: ulmus-glabra").replace(
        "by: Quercus Robur", "by: ulmus-glabra"
    )
    lesson += "\nAs [[ulmus-glabra]], [[wych-elm]] and [[people/ulmus-glabra|Glabra]] said.\n"
    charter = (GARDENS / "good/content/communities/harbour.md").read_text(encoding="utf-8")
    charter = charter.replace("leads: [rosa-canina]", "leads: [ulmus-glabra]").replace(
        "linnea-borealis", "ulmus-glabra"
    )
    content = plant("good", tmp_path)
    (content / "people/ulmus-glabra.md").write_text(person, encoding="utf-8")
    (content / "lessons/2020/spring-flood.md").write_text(lesson, encoding="utf-8")
    (content / "communities/harbour.md").write_text(charter, encoding="utf-8")
    commit_all(tmp_path, "Ulmus Glabra", "ulmus.glabra@example.org")
    repository = "https://github.com/example/garden"
    site = build(configure(tmp_path, ALL, repo_url=repository, theme=MATERIAL), tmp_path / "site")
    assert "people/ulmus-glabra/index.html" not in site.files()
    assert shown in site.text(FLOOD)
    for path, data in site.files().items():
        text = gzip.decompress(data) if path.endswith(".gz") else data
        found = [each for each in (*SECRETS, "ulmus") if each.casefold() in f"{path} {text!r}".casefold()]
        assert not found, path


def test_a_profile_whose_wish_cannot_be_read_is_not_published(tmp_path: Path) -> None:
    site = build_site("profile-unreadable", tmp_path)
    assert "people/tilia/index.html" not in site.files()
    assert not [path for path, data in site.files().items() if b"Tilia" in data]


def test_credit_is_shown_for_those_who_are_named(tmp_path: Path) -> None:
    plant("good", tmp_path)
    commit_all(tmp_path, "Rosa Canina", "rosa@example.org")
    site = build(configure(tmp_path, ALL), tmp_path / "site", strict=True)
    assert "Wrote Rosa Canina 1 May 2024" in site.text(FLOOD)
    assert "Rosa Canina" in site.text("credits/index.html")
    assert not [path for path, data in site.files().items() if b"rosa@example.org" in data]


def test_the_cache_folder_may_be_anywhere_or_nowhere(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    plant("good", repository)
    commit_all(repository, "Rosa Canina", "rosa@example.org")
    outside = tmp_path / "outside"
    build(configure(repository, [{"garden": {"cache": str(outside)}}]), tmp_path / "site")
    assert outside.is_dir()
    build(configure(repository, [{"garden": {"cache": "kept"}}]), tmp_path / "site")
    assert not (repository / "kept").exists(), "anybody could put a forged history into the work tree"
    kept = repository / ".git/knowledge-garden"
    assert kept.is_dir()
    shutil.rmtree(kept)
    build(configure(repository, [{"garden": {"cache": ""}}]), tmp_path / "site")
    assert not kept.exists()
    assert not (repository / ".cache").exists()


def test_an_outcome_of_the_gardens_own_has_its_title_and_counts_as_it_says(tmp_path: Path) -> None:
    site = build_site("own-outcome", tmp_path)
    files = {path: data.decode() for path, data in site.files().items() if path.endswith(".html")}
    assert 'class="kg-outcome kg-outcome--success"' in files["lessons/2020/broken/index.html"]
    assert "It worked in the end" in site.text("lessons/2020/broken/index.html")
    assert 'class="kg-outcome kg-outcome--mixed"' in files["lessons/2020/stopped/index.html"]
    assert '<option value="late-win">' in files["lessons/index.html"]
    assert "?outcome=late-win" in files["index.html"]
    assert "A wall with a gap" not in site.text("failures/index.html")
    assert "A gate with a gap" in site.text("failures/index.html")


CHANGED = """
def on_page_markdown(markdown, page, config, files):
    return markdown.replace("Walk", WORDS)
"""


def test_a_text_that_another_plugin_has_changed_is_parsed_and_sanitised_too(tmp_path: Path) -> None:
    hook = tmp_path / "hook.py"
    words = "[[dry-dock|Go]] <img src=x onerror=alert(1)> and walk"
    hook.write_text(CHANGED.replace("WORDS", repr(words)), encoding="utf-8")
    site = build_site("good", tmp_path, hooks=[str(hook)])
    html = site.html(FLOOD)
    assert 'href="../../2021/dry-dock/">Go</a>' in html
    assert "onerror" not in html
    assert any("onerror" in warning and FLOOD.removesuffix("/index.html") in warning for warning in site.warnings)
    with pytest.raises(Abort, match="not safe to publish"):
        build_site("good", tmp_path / "strict", hooks=[str(hook)], strict=True)


def test_a_text_that_was_not_parsed_is_shown_as_it_is_written(tmp_path: Path) -> None:
    site = build_site("good", tmp_path, {"deep.md": "# Deep\n\n" + "* " * 490 + "<b>a</b>\n"})
    assert "&lt;b&gt;a" in site.html("deep/index.html")
    assert any("[too-complex]" in warning for warning in site.warnings)


def test_a_file_whose_name_is_markup_is_not_published(tmp_path: Path) -> None:
    site = build_site("good", tmp_path, {"<img src=x onerror=alert(1)>.md": "No heading.\n"}, theme=MATERIAL)
    assert not [path for path in site.files() if "<img" in path]
    assert not [path for path, data in site.files().items() if b"<img src=x" in data.lower()]
    assert any("[bad-slug]" in warning for warning in site.warnings)
