"""Reads a repository's history from top to bottom: find it, check it, walk it, resolve who is who, give credit."""

from __future__ import annotations

import functools
import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from knowledge_garden.history import environment
from knowledge_garden.history.about import notice_places
from knowledge_garden.history.credit import CreditBuilder
from knowledge_garden.history.duplicates import duplicates
from knowledge_garden.history.errors import HistoryError
from knowledge_garden.history.exclusions import excluded
from knowledge_garden.history.facts import Contacts, Fact, Trailers, bounds, limited
from knowledge_garden.history.globs import IdentityGlobs, path_pattern
from knowledge_garden.history.identities import Mailmap, resolve
from knowledge_garden.history.log import PARSER
from knowledge_garden.history.notices import notice, notices
from knowledge_garden.history.paths import TrackedPage
from knowledge_garden.history.process import GitFailedError
from knowledge_garden.history.renames import SMALL_LIMIT, TooMuchWorkError
from knowledge_garden.history.repository import locate
from knowledge_garden.history.result import Scope
from knowledge_garden.history.settings import read_settings
from knowledge_garden.history.source import Source
from knowledge_garden.history.walk import Walk
from knowledge_garden.model.contributions import CreditRules, History


def read_history(
    repository: Path,
    *,
    today: date,
    rules: CreditRules,
    revision: str = "HEAD",
    paths: Sequence[str] = ("**",),
    cache: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> History:
    """Everything the history of `revision` says of the pages that exist there.

    `repository`: any path in it. `paths`: globs, relative to the repository's top, of pages that can earn credit.
    `cache`: a folder that keeps commits between builds; the Git directory is used instead of one in the work tree. `progress` is told the number of commits read so far.

    A repository that can't give credit (none, shallow, no commit, not trusted…) gives a `History` that says so in
    `state` and `notices`. Raises `HistoryError` for a revision, or a time zone, that does not exist.
    """
    try:
        ZoneInfo(rules.timezone)
    except (KeyError, ValueError, OSError) as failure:
        raise HistoryError(
            f"{rules.timezone!r} is not a time zone: give an IANA name such as Europe/Vienna"
        ) from failure
    located = locate(repository)
    if located is None:
        return History("none", notices=(notice("no-repository"),))
    if not environment.installed():
        return History("none", notices=(notice("git-missing"),))
    if environment.foreign(located) is not None:
        return History("none", notices=(notice("dubious-ownership"),))
    try:
        with _no_collection(), environment.environments(located, revision) as (own, clean, tip, shallow):
            if tip is None:
                _expect_unborn(own, revision)
            versions = {"git": environment.version(own), "parser": PARSER}
            if shallow:
                return History("shallow", tip or "", notices=(notice("shallow-clone"),), versions=versions)
            if tip is None:
                return History("empty", notices=(notice("no-commit"),), versions=versions)
            folder = None if cache is None else located.cache_folder(cache)
            source = Source(
                clean,
                tip,
                versions["git"],
                rules.rename_similarity,
                rules.rename_limit,
                folder,
                quiet=folder != cache,
                progress=progress,
            )
            return _read(own, source, today, rules, paths)
    except GitFailedError as failure:
        return History("none", notices=(notice("git-refused", detail=failure.stderr.replace(str(located.top), "…")),))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pauses the garbage collector: a walk makes very many objects without cycles, and looking through them again and
    again costs a sixth of the whole time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _expect_unborn(own: environment.GitEnvironment, revision: str) -> None:
    """Raises `HistoryError` for a revision without a commit, unless it is HEAD of a repository that has none yet."""
    if revision != "HEAD" or not own.holds("symbolic-ref", "--quiet", "HEAD"):
        raise HistoryError(f"{revision!r} names no commit of this repository")


def _read(
    own: environment.GitEnvironment, source: Source, today: date, rules: CreditRules, paths: Sequence[str]
) -> History:
    """The history of a repository that can be read."""
    git, tip = source.git, source.tip
    versions = {"git": source.git_version, "parser": PARSER}
    source.settle()
    source.start()
    try:
        tree = _tree(git, tip)
    except GitFailedError:
        if not _partial(own):
            raise
        return History("partial", tip, notices=(notice("no-trees"),), versions=versions)
    mailmap = Mailmap(git, tip)
    mailmap.start()
    settings = read_settings(git, tree, len(tip), rules)
    scope = Scope(
        pages=path_pattern(paths),
        bounds=bounds(today, ZoneInfo(rules.timezone)),
        ignored=settings.ignored,
        moves={os.fsencode(new): os.fsencode(old) for old, new in rules.moves.items()},
        compared=source.limit**2,
    )
    contacts = Contacts()
    trailers = Trailers(rules.roles, contacts)
    try:
        walk, scope, partial = _best_walk(own, source, scope, trailers, contacts)
    except GitFailedError:
        if not _partial(own):
            raise
        return History("partial", tip, notices=(notice("no-trees"),), versions=versions)

    live = {path: _page(walk, path) for path in tree if scope.pages.fullmatch(path)}
    facts = _facts(walk, live)
    crowded = trailers.crowded | limited(facts)
    bots = IdentityGlobs(rules.bots)
    if bots.ignored:
        source.notices.append(notice("bot-globs", detail=str(bots.ignored)))
    identities = resolve(contacts, mailmap, facts, bots, source.ages)
    repeated = duplicates(facts, walk.result.picks, None if partial else git)
    credit = CreditBuilder(walk.result, identities, repeated.first, rules)
    pages = credit.pages(live)
    contributions = tuple(chain.from_iterable([page.contributions for page in pages.values()]))
    places = notice_places(walk.result, live, contributions, scope, settings)
    places |= {
        "partial-clone": (tip,) if partial else (),
        "malformed-trailer": trailers.malformed,
        "helper-limit": crowded,
        "duplicate-limit": repeated.skipped,
        "unknown-reviewed-page": credit.unknown_confirmations,
    }
    ambiguous = {
        "name-with-several-addresses": identities.several_addresses,
        "address-with-several-names": identities.several_names,
    }
    return History(
        "partial" if partial else "complete",
        tip,
        contributions=contributions,
        excluded=excluded(walk.result, {c.commit for c in contributions}, repeated.first, len(tip) // 2),
        pages=pages,
        notices=(*source.notices, *notices(places, ambiguous)),
        versions=versions,
        configuration=settings.configuration,
        commits_read=source.read,
        commits_cached=source.cached,
    )


def _partial(own: environment.GitEnvironment) -> bool:
    """Whether it is a partial clone, in which objects may be missing."""
    return own.holds("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")


def _best_walk(
    own: environment.GitEnvironment, source: Source, scope: Scope, trailers: Trailers, contacts: Contacts
) -> tuple[Walk, Scope, bool]:
    """(a walk, with as many renames as time and the repository's objects allow; its scope; whether texts are missing)."""
    try:
        try:
            return _walk(source, scope, trailers, contacts), scope, False
        except TooMuchWorkError:
            source.limit = SMALL_LIMIT
            scope = replace(scope, compared=SMALL_LIMIT**2)
            return _walk(source, scope, trailers, contacts), scope, False
    except GitFailedError:
        if not _partial(own):
            raise
    # Texts are missing. Renames without an edit show all the same; nothing of this may enter the cache.
    source.limit, source.folder = 0, None
    scope = replace(scope, compared=0)
    return _walk(source, scope, trailers, contacts), scope, True


def _walk(source: Source, scope: Scope, trailers: Trailers, contacts: Contacts) -> Walk:
    """Walks all commits; again, when pages came from outside, whose earlier commits the first walk did not keep."""
    forks = functools.cache(source.forks)
    walk = Walk(scope, trailers, contacts, forks)
    for commit in source.commits():
        walk.step(commit)
    if not walk.result.arrivals:
        return walk
    walk = Walk(replace(scope, wanted=frozenset(walk.result.arrivals)), trailers, contacts, forks)
    for commit in source.commits():
        walk.step(commit)
    return walk


def _tree(git: environment.GitEnvironment, tip: str) -> dict[bytes, str]:
    """Path → blob of the regular files at the tip."""
    entries = (entry.partition(b"\t") for entry in git.run("ls-tree", "-rz", "--full-tree", tip).split(b"\0")[:-1])
    return {path: about[12:].decode() for about, _, path in entries if about.startswith(b"100")}


def _page(walk: Walk, path: bytes) -> TrackedPage | None:
    placement = walk.last.get(path)
    return placement.page.root if placement else None


def _facts(walk: Walk, live: dict[bytes, TrackedPage | None]) -> list[Fact]:
    """Each commit that counts for a page at the revision, once."""
    pages = [page for page in live.values() if page]
    counted = [fact for page in pages for fact in (*page.made, *page.edited, *page.restored, *page.formatted)]
    return list({id(fact): fact for fact in (*counted, *(fact for fact, _ in walk.result.confirmed))}.values())
