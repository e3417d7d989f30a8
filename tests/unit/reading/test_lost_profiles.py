"""A profile in a file that can hold none is not published: it may be of somebody who chose to be hidden."""

from pathlib import Path

import pytest

from knowledge_garden.reading import read_content


@pytest.mark.parametrize("path", ["people/index.md", "people/README.md", "people/a/index.md"])
def test_a_profile_that_is_no_record_is_no_page(tmp_path: Path, path: str) -> None:
    place = tmp_path / path
    place.parent.mkdir(parents=True)
    place.write_text("---\nname: Rosa Canina\ndisplay: hidden\n---\nRosa was here.\n", encoding="utf-8")
    reading = read_content(tmp_path)
    assert path not in reading.pages
    assert [each.code for each in reading.problems if each.path == path] == ["bad-slug"]
