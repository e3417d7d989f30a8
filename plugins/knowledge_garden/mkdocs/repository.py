"""Where the site's repository is: from mkdocs.yml and garden.yml, and what they leave out from Git's own remote."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from knowledge_garden.forges import Forge, Repository, forge_of
from knowledge_garden.history import find_repository, read_remote
from knowledge_garden.model.intake import Intake

log = get_plugin_logger("garden")
_GUESSES = ("edit/master/docs/", "src/default/docs/")  # what MkDocs sets for hosts that it knows; few gardens are there


def find_host(config: MkDocsConfig, forges: Collection[Forge], intake: Intake, branch: str) -> Repository | None:
    """The repository on its forge; None where one of address, kind of forge and branch is not known, which is logged.

    `branch` is the one that the site sets, "" for the remote's default. Gives the site its address where the remote alone has it.
    """
    content = Path(config.docs_dir)
    remote = read_remote(content)
    url = config.repo_url or remote.url
    if not url:
        return None  # a garden on one computer
    forge = forge_of(url, forges, intake.forge)
    if forge is None:
        log.info(
            "Nothing tells what kind of host %s is, so pages have no links to it. "
            "Name it in garden.yml: intake: {forge: …}, one of %s.",
            url,
            ", ".join(" ".join(known.kind for known in forges).split()),
        )
        return None
    if not config.repo_url:
        config.repo_url, config.repo_name = url, forge.name
    branch = branch or remote.branch
    if not branch:
        log.info(
            "Nothing tells which branch of %s readers change, so pages have no links to its files. "
            "Name it in mkdocs.yml: plugins: [garden: {branch: …}].",
            url,
        )
        return None
    return Repository(forge, url, branch, _folder(content))


def edit_template(config: MkDocsConfig, host: Repository | None) -> str:
    """Where a page is edited, with {path}; the site's own `edit_uri` comes first. Gives MkDocs and the theme the same."""
    if config.repo_url and config.edit_uri and config.edit_uri not in _GUESSES:
        return f"{config.repo_url.rstrip('/')}/{config.edit_uri.strip('/')}/{{path}}"
    # Without a repository MkDocs would warn of each page's incomplete edit link.
    template = host.edit_template() if host else ""
    base = f"{(config.repo_url or '').rstrip('/')}/"
    ours = template.startswith(base) and template.endswith("{path}")
    config.edit_uri = template.removeprefix(base).removesuffix("{path}") if ours else ""
    return template


def _folder(content: Path) -> str:
    """The content folder from the repository's top, "" for the top itself."""
    top = find_repository(content)
    folder = content.resolve().relative_to(top).as_posix() if top else content.name
    return "" if folder == "." else folder
