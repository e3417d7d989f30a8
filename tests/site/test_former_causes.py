"""Earlier keys of causes: their addresses lead on, and never take the place of a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from building import build, configure
from knowledge_garden import load_garden
from knowledge_garden.indexes.collisions import check_collisions
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.moved import old_addresses
from planting import TODAY, plant


@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
def test_an_earlier_address_of_a_cause_leads_on(directory_urls: bool, tmp_path: Path) -> None:
    plant("former-causes", tmp_path)
    site = build(configure(tmp_path, use_directory_urls=directory_urls), tmp_path / "site")
    for old, key, title in [("rush", "haste", "Haste"), ("gap", "unclear-duty", "Nobody&#39;s duty")]:
        file, target = (
            (f"failures/{old}/index.html", f"../{key}/") if directory_urls else (f"failures/{old}.html", f"{key}.html")
        )
        html = site.html(file)
        assert f'http-equiv="refresh" content="0; url={target}"' in html
        assert title in html
    page = "failures/hurry/index.html" if directory_urls else "failures/hurry.html"
    assert "A page of our own." in site.text(page), "a page is never replaced"
    cause = "failures/haste/index.html" if directory_urls else "failures/haste.html"
    assert 'http-equiv="refresh"' not in site.html(cause)


def test_without_pages_of_causes_no_address_leads_there(tmp_path: Path) -> None:
    plant("former-causes", tmp_path)
    site = build(configure(tmp_path, plugins=["garden", "garden-links"]), tmp_path / "site")
    assert not [file for file in site.files() if "rush" in file]


def test_an_earlier_key_at_a_generated_page_is_a_problem_of_the_settings(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    settings = content / "garden.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("    title: Haste\n", "    title: Haste\n    formerly: [rush]\n"), encoding="utf-8"
    )
    loaded = load_garden(content, today=TODAY, with_history=False)
    assert "failures/rush/index.html" in old_addresses(loaded.indexes, Frame())
    generated = [*loaded.indexes.generated, "failures/rush/index.md"]
    (fault,) = [each for each in check_collisions(loaded.garden, generated) if each.code == "address-taken"]
    assert (fault.path, fault.hint) == (
        loaded.garden.file("garden.yml"),
        "Remove rush from formerly: the garden has a page of its own there.",
    )


def test_no_old_address_takes_the_place_of_a_page_and_none_is_missed_without_pages_of_causes(tmp_path: Path) -> None:
    loaded = load_garden(plant("former-causes", tmp_path), today=TODAY, with_history=False)
    made = {file for file in old_addresses(loaded.indexes, Frame()) if file.startswith("failures/")}
    assert made == {"failures/gap/index.html", "failures/rush/index.html"}
    assert [each.code for each in check_collisions(loaded.garden, [])] == []
    assert loaded.garden.settings.former_causes == {"gap": "unclear-duty", "rush": "haste", "hurry": "haste"}
