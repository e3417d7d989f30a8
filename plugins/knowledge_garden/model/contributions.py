"""What Git history says of who did what: contributions, pages' histories, and everything left out, with its reason.

These are values only: nothing here reads a file, a clock or a repository. The `history` package makes them; see its
docstring for how. Paths are relative to the repository's top, with `/`; bytes of a path that are not UTF-8 are kept
as surrogate escapes (as `os.fsdecode` does): such a path can be looked up on disk, but must be escaped before it is
shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Final, Literal, overload

State = Literal["complete", "partial", "shallow", "none", "empty"]

CONFIRMED: Final = "reviewed, nothing to change"
"""The rule of a contribution by somebody who read a page and had nothing to change."""

FORMATTED_ROLE: Final = "formatted"
"""The role of whoever changed nothing but white space and marks in a page: on record, and apart from the credit that readers see."""

REVIEWED_PAGE: Final = "reviewed-page"
"""The trailer (lower case) that confirms a page: its value is the page's path or slug."""

DEFAULT_ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "co-authored-by": "co-wrote",
        "reviewed-by": "reviewed",
        "acked-by": "reviewed",
        "tested-by": "tested",
        "suggested-by": "suggested",
        "helped-by": "helped",
        "mentored-by": "mentored",
        "reported-by": "reported",
        "translated-by": "translated",
        REVIEWED_PAGE: "maintained",
    }
)
"""Trailer name in lower case → role. `co-authored-by` gives "co-wrote" on a page its commit creates, else "maintained"."""

DEFAULT_TOOLS: Final[tuple[str, ...]] = (
    "*[bot]*",
    "*-bot",
    "*-robot",
    "dependabot",
    "renovate",
    "github-actions*",
    "pre-commit-ci*",
    "greenkeeper*",
    "hosted weblate",
    "copilot",
    "github copilot",
    "cursor agent",
    "aider (*",
    "github <noreply@github.com>",
    "<noreply@anthropic.com>",
    "<noreply@openai.com>",
    "<codex@openai.com>",
    "<copilot@github.com>",
    "<*+copilot@users.noreply.github.com>",
    "<cursoragent@cursor.com>",
    "<*@aider.chat>",
    "<amp@ampcode.com>",
    "<noreply@opencode.ai>",
    "<openhands@all-hands.dev>",
    "<qwen-coder@alibabacloud.com>",
    "<junie@jetbrains.com>",
    "<*bot@renovateapp.com>",
    "<*@weblate.org>",
)
"""Globs (`*` and `?`, case ignored) of bots and AI: of the name, of `<address>`, or of `name <address>`."""


@dataclass(frozen=True, slots=True)
class CreditRules:
    """How a garden gives credit; the caller fills it from `garden.yml`. Every default holds for any repository."""

    timezone: str = "UTC"
    """IANA name of the zone in which an instant becomes a date."""
    bots: tuple[str, ...] = DEFAULT_TOOLS
    """Identities shown as tools, never as people (form: see `DEFAULT_TOOLS`)."""
    roles: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_ROLES))
    """Trailer name (any case) → role."""
    ignore_revs: str = ".git-blame-ignore-revs"
    """Path, at the revision, of the list of commits (bulk reformats) that earn no credit; "" for none."""
    moves: Mapping[str, str] = field(default_factory=dict)
    """Old path → new path of pages that moved and were rewritten in one commit, which no comparison can detect; a page
    deleted and taken up again at the same path is `path → path`."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Another name of a page → its path at the revision."""
    bulk: int = 100
    """A commit that changes more pages than this, or edits more than half of the garden's pages and more than 20, is
    flagged "bulk" (never left out); 0 for no flag."""
    rename_similarity: int = 50
    """Percent of its text a page must keep for Git to see a rename."""
    rename_limit: int = 1000
    """Git compares at most this number of deleted with this number of added files in one commit."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One person or tool, as the committed `.mailmap` names them. Same address (case ignored): same person."""

    name: str
    email: str = field(default="", repr=False)
    """Private: to match an identity with a person's record or a private list. Never in any output, nor hashed."""
    names: tuple[str, ...] = field(default=(), repr=False, compare=False)
    """Private: every name that commits or `.mailmap` give with its addresses, sorted. A choice not to be shown that holds
    for any of them holds for this identity, or a commit with another name would undo it."""
    addresses: tuple[str, ...] = field(default=(), repr=False, compare=False)
    """Private: every address that stands for it, before and after `.mailmap`, sorted, in lower case."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One fact: this person did this for this page, and this commit is the evidence."""

    person: Identity
    role: str
    page: str
    """Path at the revision."""
    date: date
    """The commit's author date in the garden's timezone. One after today, or before 1980, can't be
    true: it is flagged, and replaced by the commit date or, where that is just as wrong, today or 1 January 1980."""
    commit: str
    """Full commit name."""
    rule: str
    """Why it counts: "author", "trailer", "body" (a trailer outside the trailer block: weaker) or `CONFIRMED`."""
    flags: tuple[str, ...] = ()
    """Sorted: "squashed", "bulk", "revert", "reverted", "restored", "cherry-pick", "possible-rename",
    "date-after-commit", "future", "date-too-early", "date-unreadable"."""
    tool: bool = False
    """A bot or an AI: shown as a tool, never as a person."""
    related: tuple[tuple[str, str], ...] = ()
    """(relation, commit), sorted: "reverts", "reverted-by", "picked-as", "picked-from"."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A commit that earned no credit, and why."""

    commit: str
    reason: str
    """"merge", "ignored", "duplicate", "moved" (nothing but renames), "mode" (permissions alone), "gone" (all its
    pages are gone at the revision), "outside" (no page touched), "empty" (nothing changed), "unknown-page" (it only
    confirms a page that is not there)."""
    detail: str = ""
    """For a duplicate, the commit that is counted instead."""


@dataclass(frozen=True, slots=True)
class Exclusions(Sequence[Exclusion]):
    """All exclusions, by reason and then by commit, held as one run of bytes a reason: 20 bytes a commit (32 in a
    SHA-256 repository), so that a long history of commits outside the content costs little. Iterate to read them."""

    packed: tuple[tuple[str, bytes], ...] = ()
    width: int = 20
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Reason → number of commits."""
        return {reason: len(names) // self.width for reason, names in self.packed}

    def of(self, reason: str) -> Iterator[Exclusion]:
        """The exclusions of one reason."""
        for held, names in self.packed:
            if held == reason:
                for start in range(0, len(names), self.width):
                    commit = names[start : start + self.width].hex()
                    yield Exclusion(commit, reason, self.details.get(commit, ""))

    def __len__(self) -> int:
        return sum(len(names) for _, names in self.packed) // self.width

    def __iter__(self) -> Iterator[Exclusion]:
        return chain.from_iterable(self.of(reason) for reason, _ in self.packed)

    @overload
    def __getitem__(self, index: int) -> Exclusion: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Exclusion]: ...
    def __getitem__(self, index: int | slice) -> Exclusion | Sequence[Exclusion]:
        return tuple(self)[index]


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The history of one page that exists at the revision."""

    path: str
    former_paths: tuple[str, ...] = ()
    created: date | None = None
    """Date of the first commit that added it, credited or not; None when it came with a merge."""
    updated: date | None = None
    """Date of the last change of its text, by person or tool; renames and ignored revisions do not count."""
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the credit must know, and how to fix it. All but `names` may be printed in public."""

    code: str
    text: str
    hint: str
    places: tuple[str, ...] = ()
    """Commits, paths or `path:line` it is about, sorted; never a person's name."""
    names: tuple[str, ...] = field(default=(), repr=False)
    """Private: the names it is about, sorted. For the private ledger alone."""


@dataclass(frozen=True, slots=True)
class History:
    """Everything the history of one revision says. Order and content depend on the revision and the rules alone."""

    state: State
    """"complete"; "partial": a partial clone, so renames with edits may be missed; "shallow": all credit is withheld;
    "none": no Git repository that can be read; "empty": no commit yet."""
    revision: str = ""
    """Full commit name, or "" when there is none."""
    contributions: tuple[Contribution, ...] = ()
    """By page, date, commit, role, name."""
    excluded: Exclusions = field(default_factory=Exclusions)
    pages: Mapping[str, PageHistory] = field(default_factory=dict)
    """Path at the revision → history, by path; every page of the given paths that is committed has one."""
    notices: tuple[Notice, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    """"git" and "parser"."""
    configuration: Mapping[str, str] = field(default_factory=dict)
    """Committed file that shaped the result → SHA-256 of its bytes."""
    commits_read: int = field(default=0, compare=False)
    """Commits read from Git in this run."""
    commits_cached: int = field(default=0, compare=False)
    """Commits taken from the cache."""

    @property
    def complete(self) -> bool:
        """Whether the credit can be trusted as a whole."""
        return self.state == "complete"

    @property
    def withheld(self) -> bool:
        """Whether all credit is withheld, because what the clone holds would give a wrong part of it."""
        return self.state == "shallow" or any(notice.code == "no-trees" for notice in self.notices)
