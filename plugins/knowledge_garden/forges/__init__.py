"""Forges: hosts of repositories, and how each writes the addresses of edits and commits. One table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class Forge:
    """A kind of host. Addresses are templates with {repository}, {branch}, {path} and {sha}.

    `hosts`: host names, or parts of one between dots ("gitlab" also fits gitlab.example.org).
    """

    name: str
    hosts: tuple[str, ...]
    edit: str
    commit: str

    def serves(self, repository_url: str) -> bool:
        """Whether a repository at this address is one of this forge's."""
        host = (urlsplit(repository_url).hostname or "").lower()
        return any(host == name or name in host.split(".") for name in self.hosts)

    def edit_template(self, repository_url: str, branch: str, folder: str = "") -> str:
        """Where a file below `folder` is edited on the web; {path} stands for the file's path."""
        path = f"{quote(folder)}/{{path}}" if folder else "{path}"
        return self.edit.format(repository=repository_url.rstrip("/"), branch=quote(branch), path=path)

    def commit_template(self, repository_url: str) -> str:
        """Where a commit is seen on the web; {sha} stands for its name."""
        return self.commit.format(repository=repository_url.rstrip("/"), sha="{sha}")


FORGES = (
    Forge("GitHub", ("github.com", "github"), "{repository}/edit/{branch}/{path}", "{repository}/commit/{sha}"),
    Forge("GitLab", ("gitlab.com", "gitlab"), "{repository}/-/edit/{branch}/{path}", "{repository}/-/commit/{sha}"),
    Forge(
        "Forgejo",
        ("codeberg.org", "gitea", "forgejo"),
        "{repository}/_edit/{branch}/{path}",
        "{repository}/commit/{sha}",
    ),
)


def forge_of(repository_url: str, forges: Iterable[Forge]) -> Forge | None:
    """The first forge that serves a repository, or None where its host is of no known kind."""
    return next((forge for forge in forges if forge.serves(repository_url)), None)
