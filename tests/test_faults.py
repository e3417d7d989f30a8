"""`scripts/plant-faults`: each known fault still has its place, and the script tells caught from survived."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FAULTS = yaml.safe_load((ROOT / "tests" / "faults.yml").read_text(encoding="utf-8"))
FAULT = {
    "id": "sum",
    "what": "Numbers are subtracted.",
    "file": "plugins/arithmetic.py",
    "find": "a + b",
    "replace": "a - b",
    "tests": ["tests/test_sum.py"],
}
TEST = "from arithmetic import add\n\ndef test_sum():\n    assert add(2, {n}) == {result}\n"


def plant(folder: Path, test: str, *faults: object) -> subprocess.CompletedProcess[str]:
    """Runs the script on a small tree of a function, its test and faults."""
    for path, text in {
        "plugins/arithmetic.py": "def add(a, b):\n    return a + b\n",
        "tests/test_sum.py": test,
        "tests/faults.yml": yaml.safe_dump(list(faults)),
    }.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    command = [sys.executable, ROOT / "scripts" / "faults.py", "--root", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["id"])
def test_a_fault_has_its_place_and_its_tests(fault: dict[str, str]) -> None:
    assert (ROOT / fault["file"]).read_text(encoding="utf-8").count(fault["find"]) == 1
    assert [name for name in fault["tests"] if not (ROOT / name.partition("::")[0]).exists()] == []


def test_a_fault_that_a_test_notices_is_caught(tmp_path: Path) -> None:
    done = plant(tmp_path, TEST.format(n=1, result=3), FAULT)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "caught    sum  Numbers are subtracted.\n1 caught, 0 survived\n"
    assert "a + b" in (tmp_path / "plugins" / "arithmetic.py").read_text(encoding="utf-8")


def test_a_fault_that_no_test_notices_survives(tmp_path: Path) -> None:
    done = plant(tmp_path, TEST.format(n=0, result=2), FAULT)
    assert done.returncode == 1
    assert done.stdout == "SURVIVED  sum  Numbers are subtracted.\n0 caught, 1 survived\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"find": "a"}, "occurs 3 times in plugins/arithmetic.py"),
        ({"find": "a * b"}, "occurs 0 times in plugins/arithmetic.py"),
        ({"replace": "a + b"}, "the fault changes nothing"),
        ({"file": "plugins/gone.py"}, "plugins/gone.py cannot be read"),
        ({"tests": ["tests/test_gone.py"]}, "pytest tests/test_gone.py ended with 4"),
        ({"tests": []}, "fault 1 needs id, what"),
        ({"note": "more"}, "fault 1 needs id, what"),
    ],
)
def test_a_fault_that_cannot_be_planted_is_an_error(tmp_path: Path, change: dict[str, object], message: str) -> None:
    done = plant(tmp_path, TEST.format(n=1, result=3), FAULT | change)
    assert done.returncode == 2
    assert message in done.stderr


def test_tests_that_fail_anyway_catch_nothing(tmp_path: Path) -> None:
    done = plant(tmp_path, TEST.format(n=1, result=4), FAULT)
    assert done.returncode == 2
    assert "fail without the fault too" in done.stderr


def test_ids_are_unique_and_known(tmp_path: Path) -> None:
    assert "two faults are called sum" in plant(tmp_path, TEST, FAULT, FAULT).stderr
    command = [sys.executable, ROOT / "scripts" / "faults.py", "nothing-of-that-name"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "No fault is called nothing-of-that-name" in done.stderr
