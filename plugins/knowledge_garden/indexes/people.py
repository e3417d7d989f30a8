"""Finds the contributor behind a slug, a name or an identity of the history, and joins those who are one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.display import (
    Contributor,
    contributor_named,
    contributor_unread,
    index_people,
    name_key,
    unread_profiles,
)
from knowledge_garden.model.contributions import Identity
from knowledge_garden.model.garden import Garden, Page, Record
from knowledge_garden.model.records import PersonFields
from knowledge_garden.model.settings import CreditSettings


@dataclass(frozen=True, slots=True)
class People:
    """Who is who. Identities are joined by name, as `git shortlog` joins them: one person with two addresses is far
    commoner than two of one name.

    - A name that one record has, as its name or an alias, is that person.
    - A name that no record has is one person, whatever the addresses. The history's notice
      "name-with-several-addresses" tells which names those are, so that namesakes can be parted.
    - A name that several records claim is none of them; it is hidden if any of them is not shown by name.
    - `identities`, a private list from outside the repository, address → name or slug, goes before all of this. It
      parts namesakes: give each address a name of its own.

    `unread`: profiles that are no valid record, by slug; their owners are hidden.
    """

    records: Mapping[str, Record[PersonFields]]
    rules: CreditSettings
    identities: Mapping[str, str] = field(default_factory=dict, repr=False)
    unread: Mapping[str, Page] = field(default_factory=dict, repr=False)
    _by_slug: dict[str, Contributor] = field(default_factory=dict, repr=False)
    _claims: dict[str, dict[str, Contributor]] = field(default_factory=dict, repr=False)
    _seen: dict[tuple[str, str, bool], Contributor] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._by_slug.update(index_people(self.records, self.rules))
        for slug, record in self.records.items():
            for name in (record.fields.name, *record.fields.aliases):
                self._claims.setdefault(name_key(name), {})[slug] = self._by_slug[slug]
        for slug, page in self.unread.items():
            self._by_slug[slug] = contributor_unread(page)
            for name in _names_of(page):
                self._claims.setdefault(name_key(name), {slug: self._by_slug[slug]})

    def named(self, who: str) -> Contributor:
        """The contributor with this slug or name."""
        claimants = list(self._claims.get(name_key(who), {}).values())
        found = self._by_slug.get(who) or (claimants[0] if len(claimants) == 1 else None)
        if found is None:
            open_to_all = all(each.slug for each in claimants)
            rules = self.rules if open_to_all else self.rules.model_copy(update={"display": "hidden"})
            found = contributor_named(who, rules)
        return found

    def claimants(self, who: str) -> tuple[str, ...]:
        """Slugs of the people who have this slug, name or alias; more than one: nobody can tell whom it means."""
        return (who,) if who in self._by_slug else tuple(self._claims.get(name_key(who), ()))

    def behind(self, identity: Identity, *, tool: bool) -> Contributor:
        """The contributor behind an identity of the history."""
        key = (identity.name, identity.email.casefold(), tool)
        found = self._seen.get(key)
        if found is None:
            private = self.identities.get(key[1], "")
            found = (
                contributor_named(identity.name, self.rules, tool=True)
                if tool
                else self.named(private or identity.name)
            )
            self._seen[key] = found
        return found

    def called(self) -> dict[str, frozenset[str]]:
        """Contributor's key → keys of the names that the history had for them so far."""
        found: dict[str, set[str]] = {}
        for (name, _, _), who in self._seen.items():
            found.setdefault(who.key, set()).add(name_key(name))
        return {key: frozenset(names) for key, names in found.items()}


def people_of(garden: Garden, identities: Mapping[str, str] | None = None) -> People:
    """The people of a garden."""
    return People(garden.people, garden.settings.credit, identities or {}, unread_profiles(garden))


def _names_of(page: Page) -> list[str]:
    """What a profile that is no valid record calls its owner; where that can't be read either, its slug as words."""
    name, aliases = page.meta.get("name"), page.meta.get("aliases")
    names = [name] if isinstance(name, str) and name.strip() else [page.slug.replace("-", " ")]
    return names + [each for each in (aliases if isinstance(aliases, list) else []) if isinstance(each, str)]
