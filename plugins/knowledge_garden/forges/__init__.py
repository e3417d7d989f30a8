"""Forges: hosts of repositories, and how each writes the addresses of files, edits, issues and commits. One table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from knowledge_garden.forges.prefilled import Prefilled, encoded

# Bytes of an address that hands a text over. Servers take some 8,000. A reader who has not signed in yet is sent on with
# the address encoded a second time (%E4 becomes %25E4), which makes it up to 5/3 as long.
ADDRESS_LIMIT = 4_500


@dataclass(frozen=True, slots=True)
class Forge:
    """A kind of host. Addresses are templates with {repository}, {branch}, {path} and {sha}.

    `hosts`: host names, or parts of one between dots ("gitlab" also fits gitlab.example.org). `kind`: what garden.yml
    calls it, several names with a space between. The rest may be "", where a forge has nothing of the kind: `view` is a file or
    folder, `line` is added for a line of a file ({line}), `new` is the editor with a new file ({path}, {text}), `issue` a
    new issue ({title}, {text}), `form` an issue form ({form}, {title}), to which `answer` ({key}, {value}) is added for
    each of its fields.
    """

    name: str
    hosts: tuple[str, ...]
    edit: str
    commit: str
    kind: str = ""
    view: str = ""
    line: str = ""
    new: str = ""
    issue: str = ""
    form: str = ""
    answer: str = ""

    def serves(self, repository_url: str) -> bool:
        """Whether a repository at this address is one of this forge's."""
        host = (urlsplit(repository_url).hostname or "").lower()
        return any(host == name or name in host.split(".") for name in self.hosts)

    def is_kind(self, kind: str) -> bool:
        """Whether garden.yml means this forge by `kind`."""
        return kind.lower() in self.kind.split()

    def commit_template(self, repository_url: str) -> str:
        """Where a commit is seen on the web; {sha} stands for its name."""
        return self.commit.replace("{repository}", repository_url.rstrip("/"))


FORGES = (
    Forge(
        "GitHub",
        ("github.com", "github"),
        "{repository}/edit/{branch}/{path}",
        "{repository}/commit/{sha}",
        kind="github",
        view="{repository}/blob/{branch}/{path}",
        line="#L{line}",
        new="{repository}/new/{branch}?filename={path}&value={text}",
        issue="{repository}/issues/new?title={title}&body={text}",
        form="{repository}/issues/new?template={form}&title={title}",
        answer="&{key}={value}",
    ),
    Forge(
        "GitLab",
        ("gitlab.com", "gitlab"),
        "{repository}/-/edit/{branch}/{path}",
        "{repository}/-/commit/{sha}",
        kind="gitlab",
        view="{repository}/-/blob/{branch}/{path}",
        line="#L{line}",
        new="{repository}/-/new/{branch}?file_name={path}&content={text}",
        issue="{repository}/-/issues/new?issue[title]={title}&issue[description]={text}",
    ),
    Forge(
        "Forgejo",
        ("codeberg.org", "gitea", "forgejo"),
        "{repository}/_edit/{branch}/{path}",
        "{repository}/commit/{sha}",
        kind="gitea forgejo",
        view="{repository}/src/branch/{branch}/{path}",
        line="#L{line}",
        new="{repository}/_new/{branch}?filename={path}&value={text}",
        issue="{repository}/issues/new?title={title}&body={text}",
    ),
)


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository on a forge. `url`: its address; `branch`: the one that readers propose changes to.

    `folder`: the garden's content folder, from the repository's top ("" at the top itself).
    """

    forge: Forge
    url: str
    branch: str
    folder: str = ""

    def edit_template(self) -> str:
        """Where a file of the content is edited on the web; {path} stands for its encoded content path."""
        return self._with_repository(self.forge.edit).replace("{path}", f"{self._folder}{{path}}")

    def view_url(self, path: str, line: int = 0) -> str:
        """Where a file or folder of the content is seen on the web, at a line; "" where the forge shows none."""
        if not self.forge.view:
            return ""
        address = self._with_repository(self.forge.view).replace("{path}", f"{self._folder}{quote(path)}").rstrip("/")
        return address + (self.forge.line.replace("{line}", str(line)) if line else "")

    def new_file(self) -> Prefilled | None:
        """The editor with a new file: {path} (a content path) and {text}."""
        folder = encoded(f"{self.folder}/") if self.folder else ""
        template = self._with_repository(self.forge.new).replace("{path}", f"{folder}{{path}}")
        return Prefilled(template, _without_text(template), ADDRESS_LIMIT) if template else None

    def issue(self) -> Prefilled | None:
        """A new issue: {title} and {text}."""
        template = self._with_repository(self.forge.issue)
        return Prefilled(template, _without_text(template), ADDRESS_LIMIT) if template else None

    def issue_form(self, form: str, keys: Iterable[str]) -> Prefilled | None:
        """An issue form with {title} and a value for each of its `keys`; a plain issue where the forge fills in none."""
        plain = self.issue()
        if plain is None or not form or not self.forge.form:
            return plain
        answers = (self.forge.answer.replace("{key}", key).replace("{value}", f"{{{key}}}") for key in keys)
        template = self._with_repository(self.forge.form).replace("{form}", quote(form, safe="")) + "".join(answers)
        return Prefilled(template, plain.empty, ADDRESS_LIMIT)

    @property
    def _folder(self) -> str:
        return f"{quote(self.folder)}/" if self.folder else ""

    def _with_repository(self, template: str) -> str:
        return template.replace("{repository}", self.url.rstrip("/")).replace("{branch}", quote(self.branch))


def _without_text(template: str) -> str:
    """The address without what hands the text over: a query's last value."""
    return template.rpartition("&")[0] if template.endswith("={text}") else template


def forge_of(repository_url: str, forges: Iterable[Forge], kind: str = "") -> Forge | None:
    """The forge of this kind, or without one the first that serves the address. None where its host is of no known kind."""
    return next((forge for forge in forges if (forge.is_kind(kind) if kind else forge.serves(repository_url))), None)


__all__ = ["ADDRESS_LIMIT", "FORGES", "Forge", "Prefilled", "Repository", "forge_of"]
