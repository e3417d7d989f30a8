"""The scripts on machines that lack something, and after a set-up that was cut short.

They run on a copy of the scripts with a PATH of its own; Python there only notes what it is asked.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from building import configure
from planting import plant

ROOT = Path(__file__).parents[1]
TOOLS = ["bash", "cat", "cksum", "cp", "date", "dirname", "env", "flock", "id", "mkdir", "mv", "rm", "tail"]

# Makes a "virtual environment" that holds a copy of itself, and notes what pip and the tools are asked.
PYTHON = r"""#!/usr/bin/env bash
case "$*" in
  *"sys.exit(sys.version_info"*) [ -z "$OLD" ] ;;
  *"import ensurepip"*) [ -z "$NO_VENV" ] ;;
  *"print(*sys.version_info"*) echo "${VERSION:-3 11}" ;;
  "-m venv"*) rm -rf "${@: -1}"; mkdir -p "${@: -1}/bin"; cp "$0" "${@: -1}/bin/python"; echo venv >>"$LOG" ;;
  "-m pip"*) echo "pip ${*: -2}" >>"$LOG"; [ -z "$PIP_FAILS" ] || { echo "no such host" >&2; exit 1; } ;;
  *) echo "$*" >>"$LOG" ;;
esac
"""
COMMIT = """#!/usr/bin/env bash
printf 'tree 0\\nauthor A <a@example.org> 1 +0000\\ncommitter A 7 <a@example.org> {seconds} +0100\\n\\ncommitter B <b> 2 +0\\n'
"""
INSTALL = ["pip --editable .", "pip pip check"]
SET_UP = ["venv", "pip -r requirements.txt", *INSTALL]


class Machine:
    """A made-up machine with a copy of the scripts in a folder with a space in its name."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a garden"
        self.bin = folder / "bin"
        self.log = folder / "log"
        self.bin.mkdir()
        shutil.copytree(ROOT / "scripts", self.root / "scripts")
        for path in [ROOT / "pyproject.toml", *ROOT.glob("requirements*.txt")]:
            shutil.copy(path, self.root)
        for name in TOOLS:
            if found := shutil.which(name):
                (self.bin / name).symlink_to(found)
        self.add("git", COMMIT.format(seconds=1700000000))
        self.add("python3", PYTHON)

    def add(self, name: str, text: str) -> None:
        path = self.bin / name
        path.write_text(text, encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs one of the scripts from another folder, with nothing in the environment but what is given."""
        self.log.write_text("", encoding="utf-8")
        return subprocess.run(
            [self.root / "scripts" / script, *arguments],
            cwd=self.bin,
            env={"PATH": str(self.bin), "LOG": str(self.log), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self) -> list[str]:
        """What the last run asked Python for."""
        return self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_first_build_sets_up_and_a_second_does_not(machine: Machine) -> None:
    first = machine.run("build", "--site-dir", "out")
    assert first.returncode == 0, first.stderr
    assert machine.asked() == [*SET_UP, "-m mkdocs build --strict --site-dir out"]
    assert "Setting up .venv" in first.stderr
    second = machine.run("build")
    assert machine.asked() == ["-m mkdocs build --strict"]
    assert second.stderr == ""


@pytest.mark.parametrize("home", [{}, {"HOME": ""}, {"HOME": "/nonexistent"}])
def test_no_home_is_needed(machine: Machine, home: dict[str, str]) -> None:
    assert machine.run("build", **home).returncode == 0


def day_of_build(machine: Machine, **environment: str) -> tuple[int, str]:
    """The second that a build takes for today, and what was said."""
    machine.add(
        "python3", PYTHON.replace('"-m venv"*)', '"-m mkdocs"*) echo "$SOURCE_DATE_EPOCH" >>"$LOG" ;;\n  "-m venv"*)')
    )
    done = machine.run("build", **environment)
    assert done.returncode == 0, done.stderr
    return int(machine.asked()[-1]), done.stderr


def test_a_build_takes_the_day_of_the_last_commit(machine: Machine) -> None:
    assert day_of_build(machine)[0] == 1700000000
    assert day_of_build(machine, SOURCE_DATE_EPOCH="1500000000")[0] == 1500000000


@pytest.mark.parametrize(
    ("seconds", "message"),
    [
        ("4291747200", "lies in the future"),  # 2106
        ("0", "is older than Git"),
        ("1112911992", "is older than Git"),
        ("-1", "is older than Git"),
        ("99999999999999999999", "is older than Git"),
    ],
)
def test_a_commit_with_an_impossible_date_does_not_set_the_day(machine: Machine, seconds: str, message: str) -> None:
    machine.add("git", COMMIT.format(seconds=seconds))
    before = int(time.time())
    day, said = day_of_build(machine)
    assert before <= day <= time.time()
    assert f"({seconds} seconds after 1970) {message}" in said


GITHUB = {"GITHUB_REPOSITORY": "team/garden", "GITHUB_REF_TYPE": "branch"}
GITLAB = {"CI_PROJECT_URL": "https://git.example.org/team/garden", "CI_DEFAULT_BRANCH": "trunk"}


@pytest.mark.parametrize(
    ("environment", "repository", "branch"),
    [
        ({}, "", ""),
        ({**GITHUB, "GITHUB_REF_NAME": "trunk"}, "https://github.com/team/garden", "trunk"),
        # Of a pull request, the branch it is proposed to; of a tag, none.
        ({**GITHUB, "GITHUB_REF_NAME": "7/merge", "GITHUB_BASE_REF": "main"}, "https://github.com/team/garden", "main"),
        ({**GITHUB, "GITHUB_REF_NAME": "v1", "GITHUB_REF_TYPE": "tag"}, "https://github.com/team/garden", ""),
        ({**GITHUB, "GITHUB_REF_NAME": "a", "GARDEN_BRANCH": "b"}, "https://github.com/team/garden", "b"),
        (GITLAB, "https://git.example.org/team/garden", "trunk"),
    ],
)
def test_ci_tells_a_build_the_repository_and_the_branch_of_edits(
    machine: Machine, environment: dict[str, str], repository: str, branch: str
) -> None:
    said = '"-m mkdocs"*) echo "$GARDEN_REPOSITORY_URL $GARDEN_BRANCH." >>"$LOG" ;;\n  "-m venv"*)'
    machine.add("python3", PYTHON.replace('"-m venv"*)', said))
    assert machine.run("build", **environment).returncode == 0
    assert machine.asked()[-1] == f"{repository} {branch}."


def test_settings_of_git_do_not_change_the_day(machine: Machine) -> None:
    (machine.bin / "git").unlink()
    git = str(shutil.which("git"))
    (machine.bin / "git").symlink_to(git)
    when = {"GIT_COMMITTER_DATE": "1700000000 +0000", "GIT_AUTHOR_DATE": "1600000000 +0000"}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([git, "init", "--quiet"], cwd=machine.root, check=True)
    subprocess.run(
        [git, *who, "commit", "--quiet", "--allow-empty", "--message", "x"],
        cwd=machine.root,
        check=True,
        env=os.environ | when,
    )
    for key, value in {
        "alias.cat-file": "!echo 1",
        "alias.log": "!echo 1",
        "core.fsmonitor": "echo 1",
        "core.pager": "echo 1",
        "format.pretty": "oneline",
        "log.date": "iso",
        "log.showSignature": "true",
    }.items():
        subprocess.run([git, "config", key, value], cwd=machine.root, check=True)
    assert day_of_build(machine) == (1700000000, "Setting up .venv (about a minute)…\n")


def test_git_is_asked_for(machine: Machine) -> None:
    (machine.bin / "git").unlink()
    done = machine.run("build")
    assert done.returncode == 1
    assert "Git is needed" in done.stderr
    assert "apt install git" in done.stderr


def test_python_is_asked_for(machine: Machine) -> None:
    (machine.bin / "python3").unlink()
    done = machine.run("build")
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr


def test_an_old_python_is_not_taken(machine: Machine) -> None:
    done = machine.run("build", OLD="yes")
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr


def test_a_named_version_is_taken_before_an_old_python3(machine: Machine) -> None:
    machine.add("python3", "#!/usr/bin/env bash\nexit 1\n")
    machine.add("python3.12", PYTHON)
    assert machine.run("build").returncode == 0


def test_a_python_without_venv_is_told_apart(machine: Machine) -> None:
    done = machine.run("build", NO_VENV="yes")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr


def test_a_failed_set_up_says_why_and_is_made_anew(machine: Machine) -> None:
    failed = machine.run("build", PIP_FAILS="yes")
    assert failed.returncode == 1
    assert "no such host" in failed.stderr
    assert "mkdocs" not in machine.log.read_text(encoding="utf-8")
    assert machine.run("build").returncode == 0
    assert machine.asked()[:4] == SET_UP


def test_a_venv_made_by_hand_is_made_anew(machine: Machine) -> None:
    (machine.root / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(machine.bin / "python3", machine.root / ".venv" / "bin" / "python")
    machine.run("build")
    assert machine.asked()[:4] == SET_UP


@pytest.mark.parametrize("change", ["lock", "folder", "python", "broken"])
def test_what_the_venv_was_made_for_has_changed(machine: Machine, change: str) -> None:
    machine.run("build")
    environment = {}
    match change:
        case "lock":
            with (machine.root / "requirements.txt").open("a", encoding="utf-8") as lock:
                lock.write("# changed\n")
        case "folder":
            machine.root = machine.root.rename(machine.root.with_name("moved"))
        case "python":
            environment["VERSION"] = "3 13"
        case "broken":
            (machine.root / ".venv" / "bin" / "python").unlink()
    machine.run("build", **environment)
    assert machine.asked()[:4] == SET_UP


def test_a_changed_pyproject_only_installs_the_package_again(machine: Machine) -> None:
    machine.run("build")
    with (machine.root / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("# changed\n")
    machine.run("build")
    assert machine.asked() == [*INSTALL, "-m mkdocs build --strict"]


def test_test_tools_are_added_to_what_a_build_set_up(machine: Machine) -> None:
    machine.run("build")
    machine.run("test", "tests/unit", "-k", "x")
    assert machine.asked() == ["pip -r requirements-dev.txt", *INSTALL, "-m pytest tests/unit -k x"]
    machine.run("test", "tests/unit")
    assert machine.asked() == ["-m pytest tests/unit"]
    machine.run("build")
    assert machine.asked() == ["-m mkdocs build --strict"]


def test_uv_installs_the_lock_where_it_is(machine: Machine) -> None:
    machine.add("uv", '#!/usr/bin/env bash\necho "uv $*" >>"$LOG"\n')
    assert machine.run("build").returncode == 0
    uv = f"uv pip install --quiet --python {machine.root}/.venv/bin/python --no-deps --require-hashes"
    assert machine.asked()[:4] == ["venv", f"{uv} --only-binary :all: -r requirements.txt", *INSTALL]


def test_pip_is_told_to_look_nothing_up(machine: Machine) -> None:
    machine.add("python3", PYTHON.replace("pip ${*: -2}", "$*"))
    assert machine.run("build").returncode == 0
    lock = "-m pip install --no-deps --require-hashes --only-binary :all: -r requirements.txt"
    project = "-m pip install --no-build-isolation --no-deps --editable ."
    assert machine.asked()[1:4] == [lock, project, "-m pip check"]


def test_pip_installs_what_uv_could_not(machine: Machine) -> None:
    machine.add("uv", "#!/usr/bin/env bash\necho no such host >&2\nexit 2\n")
    done = machine.run("build")
    assert done.returncode == 0
    assert "uv could not install requirements.txt: no such host" in done.stderr
    assert machine.asked()[:4] == SET_UP


def test_an_incomplete_lock_stops_the_set_up(machine: Machine) -> None:
    machine.add(
        "python3", PYTHON.replace('"-m pip"*)', '"-m pip check") echo "a requires b" >&2; exit 1 ;;\n  "-m pip"*)')
    )
    done = machine.run("build")
    assert done.returncode == 1
    assert "a requires b" in done.stderr
    assert not [line for line in machine.asked() if "mkdocs" in line]


def test_a_whole_run_looks_at_everything_in_turn(machine: Machine) -> None:
    machine.add("chromium", "#!/usr/bin/env bash\n")
    assert machine.run("test").returncode == 0
    tools = [line.split()[1] for line in machine.asked() if line.startswith("-m")]
    assert tools == ["ruff", "ruff", "mypy", "pytest"]
    assert "--cov" in machine.asked()[-1]


def test_missing_chromium_fails_under_ci_and_is_said_elsewhere(machine: Machine) -> None:
    elsewhere = machine.run("test")
    assert elsewhere.returncode == 0
    assert "install the package 'chromium'" in elsewhere.stderr
    under_ci = machine.run("test", CI="true")
    assert under_ci.returncode == 1
    assert not [line for line in machine.asked() if "pytest" in line]


def test_chromium_is_installed_where_it_can_be(machine: Machine) -> None:
    machine.add("id", "#!/usr/bin/env bash\necho 0\n")
    browser = machine.bin / "chromium"
    install = f'[ "$2" = update ] || cp "{machine.bin}/git" "{browser}"'
    machine.add("apt-get", f"#!/usr/bin/env bash\n{install}\n")
    done = machine.run("test", CI="true")
    assert done.returncode == 0, done.stderr
    assert "Installing Chromium" in done.stderr
    assert browser.exists()


@pytest.mark.parametrize("options", [[], ["--quiet"]], ids=["plain", "quiet"])
def test_a_page_with_an_error_never_ends_a_build_well(tmp_path: Path, options: list[str]) -> None:
    """A real build by the real script, of a garden with a broken link."""
    root = tmp_path / "garden"
    root.mkdir()
    shutil.copytree(ROOT / "scripts", root / "scripts")
    (root / "pyproject.toml").write_text("", encoding="utf-8")
    (root / "requirements.txt").write_text("", encoding="utf-8")
    plant("broken-link", root)
    configure(root)
    use_this_python(root)
    done = subprocess.run(
        [root / "scripts" / "build", *options],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0, f"it ended with 0:\n{done.stdout}{done.stderr}"
    assert "broken-link" in done.stdout + done.stderr, "nobody was told why"


def use_this_python(root: Path) -> None:
    """A .venv that `setup` takes for good, whose Python is the one of this test."""
    programs = root / ".venv" / "bin"
    programs.mkdir(parents=True)
    python = programs / "python"
    python.write_text(
        f'#!/usr/bin/env bash\nPYTHONPATH="{ROOT / "plugins"}" exec "{sys.executable}" "$@"\n', encoding="utf-8"
    )
    python.chmod(0o755)
    stamp = ". scripts/_setup.sh; write_stamp runtime requirements.txt; write_stamp project pyproject.toml"
    subprocess.run(["bash", "-euo", "pipefail", "-c", stamp], cwd=root, check=True)


def test_each_script_says_what_it_is_for() -> None:
    for path in (ROOT / "scripts").iterdir():
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert re.match(r"(#!/usr/bin/env (bash|python3)\n)?(# |\"\"\")[A-Z]", text), path.name
