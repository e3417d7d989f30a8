"""What of other programs' messages reaches the log of a build: no name and no path of what is withheld."""

import logging
from pathlib import Path

import pytest

from knowledge_garden import load_garden
from knowledge_garden.mkdocs.logs import LogFilter
from knowledge_garden.model.names import UNNAMED
from knowledge_garden.model.publication import UNPUBLISHED
from planting import TODAY, plant

MESSAGE = "people/tilia.md of Tilia Cordata"


@pytest.mark.parametrize(
    ("logger", "shown"),
    [
        ("mkdocs.structure.pages", f"{UNPUBLISHED} of {UNNAMED}"),
        ("mkdocs.plugins.other", f"{UNPUBLISHED} of {UNNAMED}"),
        ("mkdocs.plugins.garden", MESSAGE),  # names nobody itself, and says which profile is to be fixed
    ],
)
def test_a_message_tells_nothing_of_what_is_withheld(logger: str, shown: str, tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    (content / "people/tilia.md").write_text("---\nname: Tilia Cordata\ndisplay: hidden\n---\n", encoding="utf-8")
    log_filter = LogFilter()
    log_filter.publication = load_garden(content, today=TODAY, with_history=False).indexes.publication
    record = logging.LogRecord(logger, logging.WARNING, __file__, 1, "%s of %s\nmore \x1b[1m", None, None)
    record.args = ("people/tilia.md", "Tilia Cordata")
    assert log_filter.filter(record)
    assert record.getMessage() == f"{shown}\nmore \N{REPLACEMENT CHARACTER}[1m"
