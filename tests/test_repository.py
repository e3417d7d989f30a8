"""What must not be under version control."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("this is no clone")
    return done.stdout.split("\0")


def test_no_compiled_code_is_tracked() -> None:
    # Python runs it in the place of the source beside it, which is all that a reviewer sees.
    compiled = (".pyc", ".pyo", ".pyd", ".so", ".dylib", ".dll", ".exe", ".pth", ".egg-link")
    assert not [path for path in tracked() if path.endswith(compiled) or "__pycache__" in path.split("/")]


def test_no_symbolic_link_is_tracked() -> None:
    listed = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, check=False, capture_output=True, text=True).stdout
    assert not [line for line in listed.splitlines() if line.startswith(("120000", "160000"))]
