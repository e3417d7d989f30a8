"""A build that reuses what it can gives the site of a clean one, byte for byte, whatever changed and wherever one stopped."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from building import ALL, Site, build, configure
from knowledge_garden.mkdocs import site_key
from planting import plant

MATERIAL = {"name": "material", "font": False, "features": ["navigation.tabs", "navigation.tabs.sticky"]}
NAV = [{"Home": "index.md"}, {"Lessons": "lessons/index.md"}, {"Harbour": ["communities/harbour.md"]}]
CLEAN = [{"garden": {"cache": False}}, *ALL[1:]]
PAGE = "lessons/2021/dry-dock/index.html"
APART = "partners/river-board/index.html"  # which no lesson's text changes


class Garden:
    """A small garden under Git, to be edited and built."""

    def __init__(self, folder: Path, **options: object) -> None:
        self.folder = folder
        self.content = plant("good", folder)
        self.options = {"nav": NAV, "site_url": "https://example.org/", **options}
        self.changes = 0
        for number in range(6):
            self.write_lesson(f"tide-{number}", f"See [[dry-dock]], [[tide-{(number + 1) % 6}]] and [the wall][1].")
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("Rosa Canina")

    def git(self, *arguments: str) -> None:
        who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=self.folder, check=True, capture_output=True)

    def commit(self, name: str) -> None:
        self.changes += 1
        self.git("add", "content")
        author = f"--author={name} <{name.split()[0].lower()}@example.org>"
        self.git(
            "commit", "--quiet", "--allow-empty", author, f"--date={1_600_000_000 + self.changes} +0000", "-m", "x"
        )

    def write_lesson(self, slug: str, text: str, **more: str) -> None:
        fields = {"title": f"The {slug}", "outcome": "failure", "communities": "[harbour]", "causes": "[haste]", **more}
        front = "".join(f"{name}: {value}\n" for name, value in fields.items())
        path = self.content / "lessons" / "2022" / f"{slug}.md"
        path.parent.mkdir(exist_ok=True)
        body = f"## Context\n\nWater at the {slug}. {text}\n\n[1]: ../2020/spring-flood.md\n"
        path.write_text(f"---\nsummary: What happened at the {slug}.\n{front}---\n{body}", encoding="utf-8")

    def build(self) -> Site:
        return build(configure(self.folder, **self.options), self.folder / "site")

    def build_clean(self) -> Site:
        return build(configure(self.folder, CLEAN, **self.options), self.folder / "clean")


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def edit_text(garden: Garden, chance: random.Random) -> None:
    path = chance.choice(sorted((garden.content / "lessons").rglob("*.md")))
    target = chance.choice(["spring-flood", "dry-dock", "harbour", "nobody-knows-it"])
    path.write_text(path.read_text(encoding="utf-8") + f"\nThe pump failed, as in [[{target}]].\n", encoding="utf-8")


def edit_title(garden: Garden, chance: random.Random) -> None:
    path = chance.choice(sorted((garden.content / "lessons").rglob("*.md")))
    old = path.read_text(encoding="utf-8")
    path.write_text(old.replace("\ntitle: ", f"\ntitle: Number {chance.randrange(100)} ", 1), encoding="utf-8")


def edit_front_matter(garden: Garden, chance: random.Random) -> None:
    garden.write_lesson("tide-0", "Changed.", outcome=chance.choice(["success", "mixed"]), recurs="[tide-1]")


def rename(garden: Garden, chance: random.Random) -> None:
    path = chance.choice(sorted((garden.content / "lessons" / "2022").glob("*.md")))
    path.rename(path.with_name(f"{path.stem}-{chance.randrange(100)}.md"))


def rename_in_history(garden: Garden, chance: random.Random) -> None:
    garden.commit("Rosa Canina")
    rename(garden, chance)
    garden.commit("Linnea Borealis")


def delete(garden: Garden, chance: random.Random) -> None:
    chance.choice(sorted((garden.content / "lessons" / "2022").glob("*.md"))).unlink()


def add_lesson(garden: Garden, chance: random.Random) -> None:
    garden.write_lesson(f"new-{chance.randrange(100)}", "See [[dry-dock]] and [[spring-flood]].")


def edit_settings(garden: Garden, chance: random.Random) -> None:
    path = garden.content / "garden.yml"
    old = path.read_text(encoding="utf-8")
    path.write_text(old.replace("title: Haste", f"title: Haste {chance.randrange(100)}"), encoding="utf-8")


def add_commit(garden: Garden, chance: random.Random) -> None:
    edit_text(garden, chance)
    garden.commit(chance.choice(["Rosa Canina", "Somebody Else"]))


def choose_display(garden: Garden, chance: random.Random) -> None:
    path = garden.content / "people" / "rosa-canina.md"
    front, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("---\n", 1)
    kept = [line for line in front.splitlines() if not line.startswith("display")]
    choice = chance.choice(["name", "initials", "hidden"])
    path.write_text("\n".join(["---", *kept, f"display: {choice}", "---", body]), encoding="utf-8")


def edit_charter(garden: Garden, chance: random.Random) -> None:
    path = garden.content / "communities" / "harbour.md"
    old = path.read_text(encoding="utf-8")
    path.write_text(old.replace("\ntitle: ", "\ntitle: The ", 1), encoding="utf-8")


def edit_configuration(garden: Garden, chance: random.Random) -> None:
    garden.options["site_name"] = f"Garden {chance.randrange(100)}"


def edit_template(garden: Garden, chance: random.Random) -> None:
    own = garden.folder / "own" / "knowledge-garden"
    own.mkdir(parents=True, exist_ok=True)
    text = f"<p>Edition {chance.randrange(100)} of {{{{ here }}}}</p>"
    (own / "page_footer.html").write_text(text, encoding="utf-8")
    theme = garden.options.get("theme")
    garden.options["theme"] = {**(theme if isinstance(theme, dict) else MATERIAL), "custom_dir": str(own.parent)}


def add_attachment(garden: Garden, chance: random.Random) -> None:
    (garden.content / f"notes-{chance.randrange(100)}.txt").write_text("Notes.", encoding="utf-8")


EDITS: list[Callable[[Garden, random.Random], None]] = [
    edit_text, edit_title, edit_front_matter, rename, rename_in_history, delete, add_lesson, edit_settings, add_commit,
    choose_display, edit_charter, edit_configuration, edit_template, add_attachment,
]  # fmt: skip


def assert_same(garden: Garden, after: str) -> None:
    incremental, clean = garden.build().files(), garden.build_clean().files()
    assert incremental.keys() == clean.keys(), after
    different = [path for path in clean if incremental[path] != clean[path]]
    assert not different, f"after {after}: {different}"


def test_every_kind_of_edit_gives_the_clean_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(11)
    garden = Garden(tmp_path, theme=MATERIAL)
    garden.build()
    garden.build()  # the second build records what pages are made from
    for first, second in zip(EDITS[::2], EDITS[1::2], strict=True):
        first(garden, chance)
        second(garden, chance)
        assert_same(garden, f"{first.__name__}, {second.__name__}")
    monkeypatch.setattr(site_key, "code_version", lambda *parts: b"another")
    assert_same(garden, "another version of the code")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_random_edits_give_the_clean_site(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    garden = Garden(tmp_path, theme=MATERIAL)
    for _ in range(20):
        edits = [chance.choice(EDITS) for _ in range(chance.choice([1, 1, 3]))]
        for edit in edits:
            edit(garden, chance)
        garden.build()
        edit_text(garden, chance)
        assert_same(garden, ", ".join(edit.__name__ for edit in edits))


def test_a_page_that_did_not_change_is_left_in_the_site_folder(tmp_path: Path) -> None:
    garden = Garden(tmp_path, theme=MATERIAL)
    site = garden.build().folder
    written = {path: (site / path).stat().st_mtime_ns for path in (APART, "lessons/2022/tide-3/index.html")}
    garden.write_lesson("tide-3", "Another text.")
    stray = site / "lessons" / "stray" / "index.html"
    stray.parent.mkdir()
    stray.write_text("Nobody made this.", encoding="utf-8")
    garden.build()
    assert (site / APART).stat().st_mtime_ns == written[APART]
    assert (site / "lessons/2022/tide-3/index.html").stat().st_mtime_ns != written["lessons/2022/tide-3/index.html"]
    assert not stray.parent.exists()


def test_a_file_that_somebody_else_put_into_the_site_folder_is_not_believed(tmp_path: Path) -> None:
    garden = Garden(tmp_path, theme=MATERIAL)
    site = garden.build()
    clean = site.html(PAGE)
    (site.folder / PAGE).write_text("<script>forged()</script>", encoding="utf-8")
    assert garden.build().html(PAGE) == clean


def test_another_plugin_switches_reuse_off(tmp_path: Path) -> None:
    garden = Garden(tmp_path, theme=MATERIAL)
    garden.options["plugins"] = ["search", *ALL]
    site = garden.build().folder
    written = (site / PAGE).stat().st_mtime_ns
    garden.build()
    assert (site / PAGE).stat().st_mtime_ns != written


def test_a_link_to_an_anchor_of_a_page_that_was_not_built_again_is_checked(tmp_path: Path) -> None:
    garden = Garden(tmp_path, theme=MATERIAL)
    garden.build()
    garden.write_lesson("tide-3", "See [all lessons](../../failures/index.md#nowhere).")
    for _ in range(2):  # built, then reused
        assert any("failures/index.md has no anchor #nowhere" in line for line in garden.build().warnings)


def test_the_last_good_site_stays_where_a_build_stops(tmp_path: Path) -> None:
    garden = Garden(tmp_path, theme=MATERIAL)
    before = garden.build().files()
    own = tmp_path / "own" / "knowledge-garden"
    own.mkdir(parents=True)
    (own / "search_dialog.html").write_text("{{ nothing.of_the_kind }}", encoding="utf-8")
    garden.options["theme"] = {**MATERIAL, "custom_dir": str(own.parent)}
    with pytest.raises(Exception, match="nothing"):
        garden.build()
    assert Site(tmp_path / "site", []).files() == before


def kill_builds(garden: Garden, times: int) -> None:
    """Kill builds at moments spread over their time; the next build after each gives the clean site."""
    chance = random.Random(times)
    command = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--config-file", "mkdocs.yml"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    configure(garden.folder, **garden.options)
    subprocess.run(command, cwd=garden.folder, env=environment, check=True, capture_output=True)
    whole = time.perf_counter() - start
    for _ in range(times):
        chance.choice([edit_text, edit_title, add_lesson, edit_settings])(garden, chance)
        configure(garden.folder, **garden.options)
        killed = subprocess.Popen(
            command, cwd=garden.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert_same(garden, "a build that was killed")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_build_that_is_killed_leaves_the_next_one_right(tmp_path: Path) -> None:
    kill_builds(Garden(tmp_path, theme=MATERIAL), 2)


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_fifty_builds_that_are_killed_leave_the_next_ones_right(tmp_path: Path) -> None:
    kill_builds(Garden(tmp_path, theme=MATERIAL), 50)
