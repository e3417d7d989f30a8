"""The remote of a repository: its address on the web, and the branch that readers change."""

import os
import subprocess
from pathlib import Path

import pytest

from knowledge_garden.history import Remote, environment, read_remote
from knowledge_garden.history.remote import web_address


def git(folder: Path, *arguments: str) -> None:
    quiet = {**os.environ, "HOME": str(folder), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=quiet, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "trunk")
    (tmp_path / "content").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/example/garden.git", "https://github.com/example/garden"),
        ("https://name:secret@git.example.org:8443/a/b/", "https://git.example.org:8443/a/b"),
        ("http://git.example.org/a/b", "http://git.example.org/a/b"),
        ("git@git.example.org:team/sub/garden.git", "https://git.example.org/team/sub/garden"),
        ("git.example.org:garden", "https://git.example.org/garden"),
        ("ssh://git@git.example.org:2222/a/b.git", "https://git.example.org/a/b"),
        ("/srv/git/garden.git", ""),
        ("../garden", ""),
        ("file:///srv/git/garden.git", ""),
        ("C:\\garden", ""),
        ("C:/garden", ""),
        ("https://git.example.org:port/a", ""),
        ("ext::sh -c id", ""),
        ("javascript://x/a", ""),
        ("", ""),
    ],
)
def test_the_address_of_a_remote(remote: str, address: str) -> None:
    assert web_address(remote) == address


def test_the_remote_and_its_default_branch(repository: Path) -> None:
    git(repository, "remote", "add", "upstream", "https://github.com/other/garden")
    git(repository, "remote", "add", "origin", "git@github.com:example/garden.git")
    assert read_remote(repository / "content") == Remote("https://github.com/example/garden", "trunk")
    git(repository, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/release/2")
    assert read_remote(repository / "content") == Remote("https://github.com/example/garden", "release/2")


def test_the_only_remote_has_any_name_and_one_of_several_must_be_origin(repository: Path) -> None:
    git(repository, "remote", "add", "company", "https://git.example.org/garden")
    assert read_remote(repository) == Remote("https://git.example.org/garden", "trunk")
    git(repository, "remote", "add", "mirror", "https://mirror.example.org/garden")
    assert read_remote(repository) == Remote("", "trunk")


def test_a_commit_without_a_branch_has_none(repository: Path) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    git(repository, *who, "commit", "-q", "--allow-empty", "-m", "Begin")
    git(repository, "checkout", "-q", "--detach")
    assert read_remote(repository) == Remote()


def test_a_folder_without_a_repository_has_nothing(tmp_path: Path) -> None:
    assert read_remote(tmp_path) == Remote()


def test_the_users_own_configuration_does_not_rewrite_the_address(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "remote", "add", "origin", "https://github.com/example/garden")
    (repository / ".gitconfig").write_text('[url "https://evil.example/"]\n\tinsteadOf = https://github.com/\n')
    monkeypatch.setenv("HOME", str(repository))
    assert read_remote(repository).url == "https://github.com/example/garden"


def test_a_repository_of_another_user_is_not_asked(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "remote", "add", "origin", "https://github.com/example/garden")
    monkeypatch.setattr(environment, "foreign", lambda repository: repository.top)
    assert read_remote(repository) == Remote()
