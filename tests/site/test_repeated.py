"""What the pages of a folder share is rendered once, and is on each page what it would render by itself."""

from pathlib import Path

import pytest

from building import ALL, build, configure
from knowledge_garden.mkdocs import repeated
from planting import plant

NAV = ["index.md", {"Lessons": ["lessons/index.md", "lessons/2020/spring-flood.md"]}, "people/rosa-canina.md"]


@pytest.mark.parametrize("directory_urls", [True, False])
def test_pages_are_the_same_as_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory_urls: bool) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    plant("good", tmp_path)
    features = ["navigation.tabs", "navigation.tabs.sticky", "navigation.footer", "navigation.top"]
    theme = {"name": "material", "font": False, "features": features, "palette": {"scheme": "default"}}
    plugins = [{"garden": {"history": False, "cache": False}}, *ALL[1:]]
    file = configure(tmp_path, plugins, theme=theme, nav=NAV, use_directory_urls=directory_urls)
    once = build(file, tmp_path / "once").files()
    monkeypatch.setattr(repeated, "own_templates", lambda config: [Path("main.html")])
    assert build(file, tmp_path / "each").files() == once
