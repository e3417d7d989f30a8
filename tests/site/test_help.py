"""Help with each page: links that are filled in, for gardens anywhere in a repository, on any branch and host."""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from building import ALL, Site, build, configure
from planting import plant

FLOOD = "lessons/2020/spring-flood/index.html"
MENU = re.compile(r'<details class="kg-help">.*?</details>', re.S)
LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')


def git(folder: Path, *arguments: str) -> None:
    quiet = {**os.environ, "HOME": str(folder), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=quiet, check=True, capture_output=True)


def planted(folder: Path, intake: str = "") -> Path:
    """The good garden below `folder`, with lines of `intake` in its garden.yml."""
    content = plant("good", folder)
    settings = content / "garden.yml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n{intake}", encoding="utf-8")
    return content


def menu(site: Site, path: str) -> dict[str, str]:
    """Label → address of the menu of a page; empty where it has none."""
    found = MENU.findall(site.html(path))
    assert len(found) <= 1, path
    return {label: url.replace("&amp;", "&").replace("&#39;", "'") for url, label in LINK.findall("".join(found))}


def pages(site: Site) -> list[str]:
    redirects = re.compile(r'http-equiv="refresh"')
    return [path for path in site.files() if path.endswith("index.html") and not redirects.search(site.html(path))]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A garden in a subfolder of a bigger repository on GitHub, whose default branch is trunk."""
    top = tmp_path_factory.mktemp("repository")
    git(top, "init", "-q", "-b", "topic")
    git(top, "remote", "add", "origin", "git@github.com:example/everything.git")
    git(top, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    garden = top / "knowledge" / "harbour"
    garden.mkdir(parents=True)
    planted(garden, "intake: {steward: garden@example.org}\n")
    return build(configure(garden), tmp_path_factory.mktemp("site"))


BASE = "https://github.com/example/everything"


def test_a_lesson_offers_all_that_a_reader_can_do(site: Site) -> None:
    links = menu(site, FLOOD)
    assert links["Edit this page"] == f"{BASE}/edit/trunk/knowledge/harbour/content/lessons/2020/spring-flood.md"
    assert set(links) == {
        "Edit this page",
        "This is wrong or out of date",
        "We used this",
        "Read and still right",
        "Show me differently",
        "Write to the steward",
    }
    used = parse_qs(urlsplit(links["We used this"]).query)
    assert urlsplit(links["We used this"]).path == "/example/everything/issues/new"
    assert "knowledge/harbour/content/lessons/2020/spring-flood.md" in used["body"][0]
    assert "```yaml\napplied:\n  - by:" in used["body"][0]
    reviewed = parse_qs(urlsplit(links["Read and still right"]).query)["body"][0]
    assert "reviewed:\n  - person:" in reviewed
    assert "page: lessons/2020/spring-flood.md" in reviewed
    assert links["Show me differently"].startswith(
        "mailto:garden@example.org?subject="
    )  # an issue would show the account


def test_each_page_has_a_menu_that_leads_to_what_it_is_made_from(site: Site) -> None:
    without = [path for path in pages(site) if not menu(site, path)]
    assert without == []
    edits = {path: menu(site, path).get("Edit what this page is made from", "") for path in pages(site)}
    top = f"{BASE}/blob/trunk/knowledge/harbour/content"
    assert edits["lessons/index.html"] == f"{top}/lessons"
    assert edits["people/index.html"] == f"{top}/people"
    assert edits["credits/index.html"] == f"{BASE}/edit/trunk/knowledge/harbour/content/credits.yml"
    assert re.fullmatch(re.escape(f"{top}/garden.yml#L") + r"\d+", edits["failures/haste/index.html"])
    assert edits["failures/haste/index.html"] != edits["failures/unclear-duty/index.html"]
    nothing = {"handbook/fields/index.html", "handbook/problems/index.html", "handbook/commands/index.html"}
    files = {path for path in pages(site) if "Edit this page" in menu(site, path)}
    assert {path for path in pages(site) if not edits[path]} == nothing | files


def test_a_cause_leads_to_its_line(site: Site, tmp_path: Path) -> None:
    url = menu(site, "failures/haste/index.html")["Edit what this page is made from"]
    lines = (planted(tmp_path) / "garden.yml").read_text(encoding="utf-8").splitlines()
    assert lines[int(url.rpartition("#L")[2]) - 1].strip() == "haste:"


def test_a_need_can_be_answered(site: Site) -> None:
    links = re.findall(r'<a class="kg-more" href="([^"]*)">I can answer this', site.html("needs/index.html"))
    assert links
    queries = [parse_qs(urlsplit(link.replace("&amp;", "&")).query) for link in links]
    assert all(query["title"][0].startswith("I can answer: ") for query in queries)
    assert any("knowledge/harbour/content/communities/harbour.md" in query["body"][0] for query in queries)


def test_two_gardens_of_one_repository_lead_each_to_its_own(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "remote", "add", "origin", "https://gitlab.com/group/sub/all.git")
    links = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        planted(tmp_path / name)
        built = build(configure(tmp_path / name), tmp_path / f"site-{name}")
        links.append(menu(built, FLOOD)["Edit this page"])
    base = "https://gitlab.com/group/sub/all/-/edit/main"
    assert links == [f"{base}/{name}/content/lessons/2020/spring-flood.md" for name in ("one", "two")]


def test_a_host_of_ones_own_is_known_by_the_kind_in_garden_yml(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "remote", "add", "origin", "ssh://git@git.example.org:2222/team/garden.git")
    planted(tmp_path)
    unknown = build(configure(tmp_path), tmp_path / "unknown")
    assert menu(unknown, FLOOD) == {}
    assert "git.example.org" not in unknown.html(FLOOD)
    settings = tmp_path / "content" / "garden.yml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\nintake: {{forge: forgejo}}\n", encoding="utf-8")
    known = build(configure(tmp_path), tmp_path / "known")
    base = "https://git.example.org/team/garden"
    assert menu(known, FLOOD)["Edit this page"] == f"{base}/_edit/main/content/lessons/2020/spring-flood.md"
    assert menu(known, "failures/haste/index.html")["Edit what this page is made from"].startswith(
        f"{base}/src/branch/main/content/garden.yml#L"
    )


def test_the_sites_own_branch_and_address_come_first(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "remote", "add", "origin", "https://github.com/example/fork")
    planted(tmp_path)
    plugins = [{"garden": {"branch": "release/2"}}, *ALL[1:]]
    built = build(configure(tmp_path, plugins, repo_url="https://github.com/example/garden"), tmp_path / "site")
    base = "https://github.com/example/garden/edit/release/2/content"
    assert menu(built, FLOOD)["Edit this page"] == f"{base}/lessons/2020/spring-flood.md"


def test_without_a_forge_all_goes_to_the_steward_and_without_both_there_is_no_menu(tmp_path: Path) -> None:
    planted(tmp_path)
    alone = build(configure(tmp_path), tmp_path / "alone")
    assert [path for path in pages(alone) if menu(alone, path)] == []
    assert "I can answer this" not in alone.html("needs/index.html")
    settings = tmp_path / "content" / "garden.yml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"{before}\nintake: {{steward: garden@example.org}}\n", encoding="utf-8")
    letters = build(configure(tmp_path), tmp_path / "letters")
    links = menu(letters, FLOOD)
    assert "shows your account" not in letters.text(FLOOD)
    assert len(links) == 5
    assert all(url.startswith("mailto:garden@example.org?") for url in links.values())
    assert "applied:\r\n  - by:" in unquote(links["We used this"])


def test_garden_yml_decides_which_ways_are_offered(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "remote", "add", "origin", "https://github.com/example/garden")
    planted(tmp_path, "intake: {ways: [steward, copy], steward: garden@example.org}\n")
    built = build(configure(tmp_path), tmp_path / "site")
    assert menu(built, FLOOD)["This is wrong or out of date"].startswith("mailto:")
    assert "An edit or an issue shows your account" in built.text(FLOOD)  # the edit link is still there
    assert "issues/new" not in "".join(built.html(path) for path in pages(built))
    assert re.findall(r'data-kg-way="(\w+)"', built.html("tell/index.html")) == ["steward", "copy"]


def test_a_confidential_relay_is_shown_on_the_charter_and_on_the_form(tmp_path: Path) -> None:
    content = planted(tmp_path)
    charter = content / "communities" / "harbour.md"
    text = charter.read_text(encoding="utf-8")
    for relay, link in [
        ("relay@example.org", '<a href="mailto:relay@example.org" rel="noopener">relay@example.org</a>'),
        ("Amina, room 4", "Amina, room 4"),
        ("'javascript:alert(1)'", "javascript:alert(1)"),
    ]:
        charter.write_text(text.replace("title:", f"relay: {relay}\ntitle:", 1), encoding="utf-8")
        built = build(configure(tmp_path), tmp_path / "site")
        for path in ("communities/harbour/index.html", "tell/index.html"):
            assert "In confidence" in built.text(path)
            assert link in built.html(path)
            assert 'href="javascript' not in built.html(path)
    charter.write_text(text, encoding="utf-8")
    without = build(configure(tmp_path), tmp_path / "site")
    assert "In confidence" not in without.text("tell/index.html")


def test_a_need_of_somebody_who_is_not_shown_by_name_leads_to_no_profile(tmp_path: Path) -> None:
    content = planted(tmp_path, "intake: {steward: garden@example.org}\n")
    profile = "---\nname: Ulmus Glabra\ndisplay: initials\nneeds: [A longer line]\n---\n"
    (content / "people" / "ulmus-glabra.md").write_text(profile, encoding="utf-8")
    html = build(configure(tmp_path), tmp_path / "site").html("needs/index.html")
    assert "A%20longer%20line" in html
    assert "glabra" not in html
