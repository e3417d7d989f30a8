"""Where a repository is on the web, and its default branch: read from the remote that Git itself knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from knowledge_garden.history import environment
from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.repository import locate

_SCP = re.compile(r"(?:[^@/:\s]+@)?([\w.-]+):(?!//)(?!\d+/)/?([^\s:]+)\Z")  # git@example.org:team/garden.git
_REMOTE = "origin"


@dataclass(frozen=True, slots=True)
class Remote:
    """`url`: the address of the repository's page, "" where the remote is not on the web. `branch`: "" where unknown."""

    url: str = ""
    branch: str = ""


def read_remote(path: Path) -> Remote:
    """The remote of the repository that holds `path`: `origin`, or the only one there is. Empty where there is none."""
    repository = locate(path)
    if repository is None or not environment.installed() or environment.foreign(repository) is not None:
        return Remote()
    with environment.own_environment(repository) as git:
        names = git.ask("remote")[1].decode("utf-8", "replace").split()
        name = _REMOTE if _REMOTE in names else names[0] if len(names) == 1 else ""
        if not name:
            return Remote(branch=_branch(git, "HEAD", "refs/heads/"))
        _, written, _ = git.ask("config", "--local", "--get", f"remote.{name}.url")
        branch = _branch(git, f"refs/remotes/{name}/HEAD", f"refs/remotes/{name}/") or _branch(
            git, "HEAD", "refs/heads/"
        )
        return Remote(web_address(written.decode("utf-8", "replace").strip()), branch)


def web_address(remote: str) -> str:
    """The address of a repository's page, from that of its remote; "" for a folder. Names and passwords are left out.

    >>> web_address("git@git.example.org:team/garden.git")
    'https://git.example.org/team/garden'
    """
    if "://" in remote:
        try:
            parts = urlsplit(remote)
            port = parts.port
        except ValueError:  # a port that is not a number
            return ""
        host, path = parts.hostname or "", parts.path
        if parts.scheme in ("http", "https"):
            host = f"{host}:{port}" if port else host
        elif parts.scheme not in ("ssh", "git", "git+ssh", "ssh+git"):
            return ""
        scheme = "http" if parts.scheme == "http" else "https"
    elif match := _SCP.match(remote):
        scheme, host, path = "https", match[1], match[2]
        if len(host) == 1:  # a drive, as in C:\\garden
            return ""
    else:
        return ""
    path = path.strip("/").removesuffix(".git")
    return f"{scheme}://{host}/{path}" if host and path else ""


def _branch(git: GitEnvironment, reference: str, folder: str) -> str:
    """The branch that a symbolic reference leads to, "" where it leads to none."""
    _, target, _ = git.ask("symbolic-ref", "--quiet", reference)
    name = target.decode("utf-8", "replace").strip()
    return name.removeprefix(folder) if name.startswith(folder) else ""
