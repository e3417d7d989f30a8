"""The words of every notice: what a reader of the credit must know, and what mends it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from knowledge_garden.model.contributions import Notice

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "no-repository": (
        "There is no Git repository here, so there is no history to give credit from.",
        "Keep the garden under Git (`git init`), or build it from a clone instead of an archive.",
    ),
    "git-missing": (
        "Git itself, or GitPython, cannot be found, so the history cannot be read.",
        "Install Git 2.39 or later, and the package with its dependencies.",
    ),
    "git-refused": (
        "Git will not read this repository, so there is no credit: {detail}",
        "Mend what Git names; `git fsck` and `git config --list` show more.",
    ),
    "dubious-ownership": (
        "The repository belongs to another user, and Git does not trust it, so there is no credit.",
        (
            "If you trust it: `git config --global --add safe.directory PATH`, with the repository's path, "
            "or run the build as its owner."
        ),
    ),
    "no-commit": ("The repository has no commit yet, so there is no credit.", "Commit the pages."),
    "shallow-clone": (
        (
            "This is a shallow clone: most of the history is missing, and credit from the rest would be wrong. "
            "All credit is withheld."
        ),
        (
            "GitHub Actions: `fetch-depth: 0` for actions/checkout. GitLab CI: `GIT_DEPTH: 0`. "
            "Elsewhere: `git fetch --unshallow`."
        ),
    ),
    "partial-clone": (
        "This is a partial clone: texts are missing, so a page that was moved and edited at once may look new.",
        "Clone without `--filter`, or run `git fetch --refetch --no-filter`.",
    ),
    "no-trees": (
        "This is a partial clone without trees: what a commit changed is not known. All credit is withheld.",
        "Clone without `--filter`, or run `git fetch --refetch --no-filter`.",
    ),
    "cache-committed": (
        "The cache of the history is itself committed, so anybody may have written it. It is not used.",
        "Remove it from the repository: `git rm --cached` with its path, and keep `.cache/` in `.gitignore`.",
    ),
    "cache-rebuilt": ("The cache of the history could not be used and was built anew: {detail}.", "Nothing to do."),
    "cache-unwritable": (
        "The cache of the history cannot be written ({detail}), so each build reads the whole history.",
        "Make the cache's folder writable.",
    ),
    "rename-limit": (
        (
            "These commits add and delete so many files that Git did not compare their texts: pages that moved and were "
            "edited in them look new."
        ),
        "Name the moves (old path → new path) in the garden's table of moves.",
    ),
    "possible-rename": (
        (
            "These pages were added in a commit that deleted another: if one continues the other, its earlier "
            "contributors lack credit."
        ),
        "Where it does, add `old path: new path` to the garden's table of moves.",
    ),
    "page-readded": (
        "These pages were deleted and later added again with another text: they count as new.",
        "Where the new text continues the old, add `path: path` to the garden's table of moves.",
    ),
    "made-in-merge": (
        "These pages came with a merge commit, not with any commit of a branch: nobody can be named as their writer.",
        "If one continues another page, add `old path: new path` to the garden's table of moves.",
    ),
    "move-unused": (
        "These moves did not come true: the new path was never added while the old one was known.",
        "Correct the paths in the garden's table of moves; they are relative to the repository's top.",
    ),
    "malformed-trailer": (
        "A trailer of these commits names nobody as `Name <address>`, so it earns no credit.",
        "Write `Name <address>` in the next commit; declare the credit for this one.",
    ),
    "unknown-reviewed-page": (
        "These commits confirm a page (`Reviewed-page:`) that is not there, or a slug of several pages.",
        "Give the page's path.",
    ),
    "name-with-several-addresses": (
        "These names stand for several addresses: one person, or namesakes?",
        "If one person, say so in `.mailmap`: `Name <address> <other address>`.",
    ),
    "address-with-several-names": (
        "One address has several names; the last one used is shown.",
        "Say in `.mailmap` which name is right: `Name <address>`.",
    ),
    "ignore-revs-missing": (
        "The file of ignored revisions is not in the repository at this revision.",
        "Commit it, or take its path out of the garden's configuration.",
    ),
    "ignore-revs-line": (
        "These lines of the file of ignored revisions are no full commit names, and were passed over.",
        "Write the full name of one commit on each line; a comment begins with `#`.",
    ),
    "ignore-revs-unknown": (
        "These ignored revisions are not in this history.",
        "Take them out of the file, or put the commits' new names if the history was rewritten.",
    ),
    "future-date": (
        "The author dates of these commits are later than the day of this build.",
        "Nothing can mend a commit's date; it is flagged wherever it counts.",
    ),
    "bulk-commit": (
        "These commits change so many pages at once that they may be mechanical.",
        "If they are, add them to the file of ignored revisions.",
    ),
}

CODES: Final = tuple(sorted(_WORDS))
"""Every code a notice may have."""


def notice(code: str, places: Iterable[str] = (), detail: str = "") -> Notice:
    """The notice with a code. `places`: commits, paths or names it is about."""
    text, remedy = _WORDS[code]
    return Notice(code, text.replace("{detail}", detail.strip()), remedy, tuple(sorted(set(places))))


def notices(about: dict[str, Iterable[str]]) -> list[Notice]:
    """The notices for every code that has any place."""
    return [notice(code, held) for code, places in sorted(about.items()) if (held := tuple(places))]
