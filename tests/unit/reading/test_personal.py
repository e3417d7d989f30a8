"""What is personal or secret in a lesson's words is found; names and numbers of public reports are not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_garden import load_garden
from knowledge_garden.reading.personal import Meant, personal
from planting import STARTER, TODAY, plant

FOUND = [
    ("personal-data", "ada@example.org"),
    ("personal-data", "+44 20 7946 0000"),
    ("personal-data", "+49 (0)30 1234567"),
    ("personal-data", "0171 2345678"),
    ("personal-data", "(030) 123 45 67"),
    ("personal-data", "(555) 123-4567"),
    ("personal-data", "tel. 123 45 67"),
    ("personal-data", "AB12 CDE"),
    ("personal-data", "HH-AB 123"),
    ("personal-data", "licence plate KL 04 AB 12"),
    ("personal-data", "GB82 WEST 1234 5698 7654 32"),
    ("personal-data", "DE89370400440532013000"),
    ("personal-data", "4111 1111 1111 1111"),
    ("personal-data", "3782 822463 10005"),
    ("personal-name", "Mr Smith"),
    ("personal-name", "Mrs. O’Neill"),
    ("personal-name", "Frau Dr. Müller-Lüdenscheid"),
    ("personal-name", "my colleague Tom"),
    ("personal-name", "unsere Kollegin Erika"),
    ("secret", "The password was hunter2."),
    ("secret", "password: `letmein`"),
    ("secret", 'API key "abcdef"'),
    ("secret", "https://ada:secret12@example.org/"),
    ("secret", "-----BEGIN RSA PRIVATE KEY-----"),
    ("secret", "ghp_" + "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"),
    ("secret", "AKIA" + "IOSFODNN7EXAMPLE"),
    ("secret", "xoxb-" + "34532454-e039d02840a0b9379c"),
]

NOT_FOUND = [
    "Peter Pronovost led the study; Lord Cullen's inquiry found a leak, and so did Dr Snow.",
    "On 1907-08-29 at 17:37 the span of 1,800 ft fell; 75 of 86 men died. Flight 501, DC-10, MD-80, B-29, U-2.",
    "The near miss was a Near Miss Report. Miss no step. The frau and the mr are words.",
    "Section 12-345-678, ISBN 0-201-63361-2, ISBN 978 0 13 468599 1, CVE-2014-0160, RFC 1149, 0.45 to 0.55, 10 000 000.",
    "[The paper](https://doi.org/10.1056/NEJMoa061115) and https://example.org/a+44207946000000?x=4111111111111111",
    "IBAN GB82 WEST 1234 5698 7654 33 has wrong check digits, and so has 4111 1111 1111 1112.",
    "The password was written on a note. A token of thanks is a secret. Password rules changed in 2017.",
    "Their patient was well, our manager agreed, and her colleague from Lisbon was asked.",
    "The commit 3f2a9c1 and the file reactor-2-log.csv; windows-newlines-late; O2-H2 mix; US-EU 2016 agreement.",
    "The registration was late. The number plate fell off. The unit B-52 flew.",
]


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_it_is_found_and_where_it_is(code: str, text: str) -> None:
    sentence = f"It began well, then {text} and no more.\nA line."
    findings = personal(sentence, Meant(()))
    assert [finding.code for finding in findings] == [code]
    (finding,) = findings
    assert 20 <= finding.start < finding.end <= 20 + len(text)
    assert sentence[finding.start : finding.end] not in finding.message, "it is read in logs"


@pytest.mark.parametrize("text", NOT_FOUND)
def test_it_is_not_found(text: str) -> None:
    assert [(each.code, text[each.start : each.end]) for each in personal(text, Meant(()))] == []


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_what_is_meant_is_not_found(code: str, text: str) -> None:
    (finding,) = personal(f"It was {text} here.", Meant(()))
    found = f"It was {text} here."[finding.start : finding.end]
    assert personal(f"It was {text} here.", Meant([found])) == []
    assert personal(f"It was {text} here.", Meant(["something else", "a", ""])) != []


@given(st.text(st.sampled_from("aA1 +-()@.:/=_'\"4\n"), max_size=300))
def test_any_text_can_be_looked_through(text: str) -> None:
    for finding in personal(text, Meant(())):
        assert 0 <= finding.start < finding.end <= len(text)


def test_the_lessons_of_the_starter_raise_no_false_alarm() -> None:
    loaded = load_garden(STARTER, today=TODAY, with_history=False)
    assert len(loaded.garden.lessons) >= 50
    codes = ("personal-name", "personal-data", "secret", "list-in-text")
    assert [each for each in loaded.problems if each.code in codes] == []


def test_the_library_is_only_loaded_where_a_text_needs_it() -> None:
    code = (
        "import sys, datetime; from pathlib import Path; from knowledge_garden import load_garden; "
        f"load_garden(Path({str(STARTER)!r}), today=datetime.date(2026, 6, 1), with_history=False); "
        "assert 'detect_secrets' not in sys.modules and 'requests' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_people_of_the_garden_are_named_only_by_links_or_if_they_told_it(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    file = content / "lessons" / "2021" / "dry-dock.md"
    text = file.read_text(encoding="utf-8")

    def lines(new: str, fields: str = "") -> list[int]:
        changed = text.replace("The water came round", f"{new} saw that the water came round")
        file.write_text(changed.replace("recurs:", f"{fields}recurs:"), encoding="utf-8")
        loaded = load_garden(content, today=TODAY, with_history=False)
        return [each.line for each in loaded.problems if each.code == "personal-name"]

    assert lines("Acer Campestre") == [20]
    assert lines("Campestre, Acer,") == [20]
    for linked in ("[[acer-campestre]]", "[[acer-campestre|Acer Campestre]]", "`Acer Campestre`", "An acer"):
        assert lines(linked) == []
    assert lines("Acer Campestre", "told_by: [acer-campestre]\n") == []
    assert lines("Acer Campestre", "told_by: [linnea-borealis]\n") == [21]
    assert lines("Acer Campestre", "meant: [Acer  campestre]\n") == []
