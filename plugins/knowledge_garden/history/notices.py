"""The text of every notice: what a reader of the credit must know, and how to fix it. None holds a name or an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from knowledge_garden.history.identities import AmbiguousNames
from knowledge_garden.model.contributions import Notice
from knowledge_garden.model.messages import Message, message

_TEXTS: Final[dict[str, tuple[Message, Message]]] = {
    "no-repository": (
        message("There is no Git repository here, so there is no history to give credit from."),
        message("Keep the garden under Git (`git init`), or build it from a clone instead of an archive."),
    ),
    "git-missing": (
        message("Git itself, or GitPython, cannot be found, so the history cannot be read."),
        message("Install Git 2.39 or later, and the package with its dependencies."),
    ),
    "git-refused": (
        message("Git will not read this repository, so there is no credit: {detail}"),
        message("Fix what Git names; `git fsck` and `git config --list` show more."),
    ),
    "dubious-ownership": (
        message("The repository belongs to another user, and Git does not trust it, so there is no credit."),
        (
            message(
                "If you trust it: `git config --global --add safe.directory PATH`, with the repository's path, "
                "or run the build as its owner."
            )
        ),
    ),
    "no-commit": (message("The repository has no commit yet, so there is no credit."), message("Commit the pages.")),
    "shallow-clone": (
        (
            message(
                "This is a shallow clone: most of the history is missing, and credit from the rest would be wrong. "
                "All credit is withheld."
            )
        ),
        (
            message(
                "GitHub Actions: `fetch-depth: 0` for actions/checkout. GitLab CI: `GIT_DEPTH: 0`. "
                "Elsewhere: `git fetch --unshallow`."
            )
        ),
    ),
    "partial-clone": (
        message(
            "This is a partial clone: texts are missing, so a page that was moved and edited at once may look new."
        ),
        message("Clone without `--filter`, or run `git fetch --refetch --no-filter`."),
    ),
    "no-trees": (
        message("This is a partial clone without trees: what a commit changed is not known. All credit is withheld."),
        message("Clone without `--filter`, or run `git fetch --refetch --no-filter`."),
    ),
    "past-unreadable": (
        message(
            "Git can't read earlier versions of charters, so paths of roles show what charters say today: {detail}"
        ),
        message("Fix what Git names; `git fsck` shows more."),
    ),
    "cache-rebuilt": (
        message("The cache of the history could not be used and was rebuilt: {detail}."),
        message("Nothing to do."),
    ),
    "cache-unwritable": (
        message("The cache of the history cannot be written ({detail}), so each build reads the whole history."),
        message("Make the cache's folder writable."),
    ),
    "rename-limit": (
        (
            message(
                "These commits add and delete so many files that their texts were not compared: pages that were moved and "
                "edited in them look new."
            )
        ),
        message("List the moves (`old path: new path`) in the garden's table of moves."),
    ),
    "possible-rename": (
        (
            message(
                "These pages were added in a commit that deleted another: if one continues the other, its earlier "
                "contributors lack credit."
            )
        ),
        message("If it does, add `old path: new path` to the garden's table of moves."),
    ),
    "page-readded": (
        message("These pages were deleted and later added again with another text: they count as new."),
        message("If the new text continues the old, add `path: path` to the garden's table of moves."),
    ),
    "made-in-merge": (
        message("These pages came with a merge commit, not with a commit of a branch, so their writer is not known."),
        message("If one continues another page, add `old path: new path` to the garden's table of moves."),
    ),
    "move-unused": (
        message("These moves match nothing in the history: the new path was never added while the old one existed."),
        message("Correct the paths in the garden's table of moves; they are relative to the repository's top folder."),
    ),
    "malformed-trailer": (
        message("A trailer of these commits does not name a person as `Name <address>`, so it earns no credit."),
        message("Write `Name <address>` in the next commit; declare the credit for this one."),
    ),
    "helper-limit": (
        message(
            "These commits name so many people in trailers that only some of them, or their author alone, get credit."
        ),
        message("Declare the credit for the others in the garden's file of credits."),
    ),
    "unknown-reviewed-page": (
        message(
            "These commits confirm a page (`Reviewed-page:`) that does not exist, or a slug that several pages have."
        ),
        message("Give the page's path."),
    ),
    "name-with-several-addresses": (
        message(
            "Commits such as these use names that have several addresses: one person, or several with the same name?"
        ),
        message("If it is one person, say so in `.mailmap`: `Name <address> <other address>`."),
    ),
    "address-with-several-names": (
        message(
            "Commits such as these use addresses that have several names; the name that most commits have is shown."
        ),
        message("Say in `.mailmap` which name is right: `Name <address>`."),
    ),
    "bot-globs": (
        message(
            "Some globs of the garden's list of bots are over the limits (number or length) and were ignored: {detail}."
        ),
        message("Use at most 300 globs with a wildcard, of at most 200 characters each."),
    ),
    "duplicate-limit": (
        message(
            "So many commits look like picks of each other that their changes were not compared: some may count twice."
        ),
        message("Add the repeated commits to the file of ignored revisions."),
    ),
    "ignore-revs-missing": (
        message("The file of ignored revisions is not in the repository at this revision."),
        message("Commit it, or remove its path from the garden's configuration."),
    ),
    "ignore-revs-line": (
        message("These lines of the file of ignored revisions are not full commit names and were ignored."),
        message("Write the full name of one commit on each line; a comment begins with `#`."),
    ),
    "ignore-revs-unknown": (
        message("These ignored revisions are not in this history."),
        message("Remove them from the file, or replace them by the new commit names if the history was rewritten."),
    ),
    "future-date": (
        message(
            "The author dates of these commits are later than the day of this build; an earlier date is used instead."
        ),
        message("A commit's date cannot be changed; it is flagged wherever it counts."),
    ),
    "date-too-early": (
        message(
            "The author dates of these commits are earlier than 1980, as from a clock that was never set; a later date is used instead."
        ),
        message("A commit's date cannot be changed; it is flagged wherever it counts."),
    ),
    "bulk-commit": (
        message("These commits change so many pages at once that they may be mechanical."),
        message("If they are, add them to the file of ignored revisions."),
    ),
}

CODES: Final = tuple(sorted(_TEXTS))
"""Every code a notice may have."""


def notice(code: str, places: Iterable[str] = (), detail: str = "", names: Iterable[str] = ()) -> Notice:
    """The notice with a code. `places`: commits or paths it is about; `names`: private."""
    text, hint = _TEXTS[code]
    return Notice(code, message(text.template, detail=detail.strip()), hint, tuple(sorted(set(places))), tuple(names))


def notices(places: Mapping[str, Iterable[str]], ambiguous: Mapping[str, AmbiguousNames]) -> list[Notice]:
    """The notices for every code that has places (commits, paths), and for ambiguous names by code, sorted by code."""
    result = [notice(code, held) for code, listed in places.items() if (held := tuple(listed))]
    result += [notice(code, names.commits, names=names.names) for code, names in ambiguous.items() if names.names]
    return sorted(result, key=lambda made: made.code)
