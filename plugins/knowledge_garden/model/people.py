"""Who is who: how each person chose to be shown, and which names and addresses of the history are whose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from knowledge_garden.model.contributions import Identity
from knowledge_garden.model.garden import Garden, Page, Record
from knowledge_garden.model.names import UNNAMED, initials, name_key, printable, readable
from knowledge_garden.model.person import PersonFields
from knowledge_garden.model.records import Kind
from knowledge_garden.model.settings import CreditSettings


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who is credited. `key` tells them apart and, like `full_name`, is for the private ledger alone.

    `name` is what pages show. `slug` is that of a profile that is published, or "": only people who are shown by
    name have one, since a profile's address and text would tell who is behind initials or a pseudonym.
    """

    key: str = field(repr=False)
    full_name: str = field(repr=False)
    name: str
    slug: str = ""
    hidden: bool = False
    tool: bool = False

    @property
    def named(self) -> bool:
        """Whether what pages show is the name itself."""
        return self.name == self.full_name and not self.hidden


def contributor_of(record: Record[PersonFields], rules: CreditSettings) -> Contributor:
    """A person with a record."""
    fields = record.fields
    display = fields.display or rules.display
    name = printable(fields.name)
    shown = _shown(name, display, readable(fields.pseudonym))
    return Contributor(
        f"person:{record.slug}", name, shown, record.slug if display == "name" else "", display == "hidden"
    )


def contributor_unread(page: Page) -> Contributor:
    """The owner of a profile that is not a valid record: hidden, since what they chose can't be read."""
    return Contributor(f"person:{page.slug}", printable(page.title), UNNAMED, hidden=True)


def contributor_named(name: str, rules: CreditSettings, *, tool: bool = False, hidden: bool = False) -> Contributor:
    """Somebody the history names who has no record; `tool` for a program, which has no choice of display."""
    full_name = printable(name)
    if tool:
        return Contributor(f"tool:{name_key(name)}", full_name, full_name, tool=True)
    display = "hidden" if hidden else rules.display
    return Contributor(f"name:{name_key(name)}", full_name, _shown(full_name, display, ""), hidden=display == "hidden")


def _shown(name: str, display: str, pseudonym: str) -> str:
    if display == "hidden":
        return UNNAMED
    if display == "pseudonym" and pseudonym:
        return pseudonym
    return name if display == "name" else initials(name)


@dataclass(frozen=True, slots=True)
class AliasClaim:
    """An alias of a profile that takes a name of somebody else. `position` is its place in the list of aliases.

    `shared`: another profile has the name too. Else the history gives it to an address that is not the profile's.
    """

    slug: str
    position: int
    shared: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """Finds the contributor behind a slug, a name, or an identity of the history. An address is one person.

    - A private list from outside the repository (address → name or slug) goes before everything else.
    - An address of which any name is claimed by somebody not shown by name is theirs, whatever else it is called.
    - A name that one record has, as its name or as an alias that is proven, is that person, at any address.
    - A name that several records claim is none of them; it is hidden if any of them is not shown by name.
    - A name that no record has is one person, whatever the addresses.

    `claims`: key of a name → slugs. `owners`: address → contributor, where a record or the private list decides.
    `former`: key of a name that most commits of somebody not shown by name carry → that contributor.
    """

    by_slug: Mapping[str, Contributor]
    rules: CreditSettings
    claims: Mapping[str, tuple[str, ...]] = field(repr=False)
    owners: Mapping[str, Contributor] = field(repr=False)
    former: Mapping[str, Contributor] = field(repr=False)
    disputed: tuple[AliasClaim, ...] = field(default=(), repr=False)
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Slug → the names as the profile writes them."""

    def named(self, who: str) -> Contributor:
        """The contributor with this slug or name."""
        if who in self.by_slug:
            return self.by_slug[who]
        key = name_key(who)
        claimants = [self.by_slug[slug] for slug in self.claims.get(key, ())]
        if len(claimants) == 1:
            return claimants[0]
        if not claimants and key in self.former:
            return self.former[key]
        return contributor_named(who, self.rules, hidden=not all(claimant.slug for claimant in claimants))

    def claimants(self, who: str) -> tuple[str, ...]:
        """Slugs of the people who have this slug, name or alias; more than one: nobody can tell whom it means."""
        return (who,) if who in self.by_slug else self.claims.get(name_key(who), ())

    def is_anybody(self, who: str) -> bool:
        """Whether a slug or a name in words is somebody's of the garden."""
        return bool(self.claimants(who)) or name_key(who) in self.former

    def behind(self, identity: Identity, *, tool: bool) -> Contributor:
        """The contributor behind an identity of the history."""
        owner = self.owners.get(_owner_key(identity))
        if owner is not None:
            return owner
        if tool:
            return contributor_named(identity.name, self.rules, tool=True)
        return self.named(identity.name)


def directory_of(garden: Garden, identities: Mapping[str, str] | None = None) -> Directory:
    """The people of a garden. `identities`: a private list, address → name or slug."""
    return _Builder(garden, identities or {}).directory()


def unread_profiles(garden: Garden) -> dict[str, Page]:
    """Slug → profile that is not a valid record, such as one whose front matter has an error."""
    pages = (page for page in garden.pages.values() if page.kind is Kind.PERSON)
    return {page.slug: page for page in pages if page.slug not in garden.people}


def _owner_key(identity: Identity) -> str:
    # A shared address such as "none" is not one person: the history gives such an identity for each of its names.
    return f"{identity.email.casefold()}\n{name_key(identity.name)}"


def _names_of(identity: Identity) -> Iterator[str]:
    yield name_key(identity.name)
    yield from (name_key(name) for name in identity.names if name != identity.name)


def _addresses_of(identity: Identity) -> tuple[str, ...]:
    return tuple(dict.fromkeys((identity.email.casefold(), *identity.addresses)))


class _Builder:
    """Collects the claims of records and compares them with the history."""

    def __init__(self, garden: Garden, private: Mapping[str, str]) -> None:
        self.garden = garden
        self.rules = garden.settings.credit
        self.private = private
        self.unread = unread_profiles(garden)
        self.by_slug = {slug: contributor_of(record, self.rules) for slug, record in garden.people.items()}
        self.by_slug |= {slug: contributor_unread(page) for slug, page in self.unread.items()}
        contributions = garden.history.contributions
        self.identities = dict.fromkeys(contribution.person for contribution in contributions)
        self.addresses: dict[str, set[str]] = {}  # key of a name → addresses that carry it
        for identity in self.identities:
            for key in _names_of(identity):
                self.addresses.setdefault(key, set()).update(_addresses_of(identity))
        profiles = {garden.file(record.path): slug for slug, record in garden.people.items()}
        self.editors: dict[str, set[str]] = {}  # slug → addresses that worked on the profile
        for contribution in contributions:
            if contribution.page in profiles:
                editors = self.editors.setdefault(profiles[contribution.page], set())
                editors.update(_addresses_of(contribution.person))

    def directory(self) -> Directory:
        claims: dict[str, dict[str, None]] = {}
        for slug, record in self.garden.people.items():
            claims.setdefault(name_key(record.fields.name), {})[slug] = None
        for slug, page in self.unread.items():
            for name in _unread_names(page):
                claims.setdefault(name_key(name), {})[slug] = None
        own = {key: set(slugs) for key, slugs in claims.items()}
        disputed = []
        for slug, record in self.garden.people.items():
            for position, alias in enumerate(record.fields.aliases):
                key = name_key(alias)
                shared = bool(own.get(key, set()) - {slug})
                proven = self._proven(slug, key)
                if shared or not proven:
                    disputed.append(AliasClaim(slug, position, shared))
                # Whoever is not shown by name stays so under every name they may have: better too many than one.
                if not shared and (proven or not self.by_slug[slug].slug):
                    claims.setdefault(key, {})[slug] = None
        final = {key: tuple(slugs) for key, slugs in claims.items()}
        owners, former = self._owners(final)
        written = {slug: (record.fields.name, *record.fields.aliases) for slug, record in self.garden.people.items()}
        written |= {slug: tuple(_unread_names(page)) for slug, page in self.unread.items()}
        return Directory(self.by_slug, self.rules, final, owners, former, tuple(disputed), written)

    def _proven(self, slug: str, key: str) -> bool:
        """Whether nothing in the history speaks against a name as another one of this person's.

        It is theirs where the history does not have it, where one address carries it beside the profile's name, where
        such an address worked on the profile, or where the history does not know the profile at all.
        """
        carriers = self.addresses.get(key, set())
        name = name_key(self.garden.people[slug].fields.name)
        theirs = self.addresses.get(name, set()) | self.editors.get(slug, set())
        return not carriers or not theirs or bool(carriers & theirs)

    def _owners(self, claims: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, Contributor], dict[str, Contributor]]:
        plain = Directory(self.by_slug, self.rules, claims, {}, {})
        owners: dict[str, Contributor] = {}
        former: dict[str, Contributor] = {}
        for identity in self.identities:
            private = next(
                (self.private[address] for address in _addresses_of(identity) if address in self.private), ""
            )
            owner = plain.named(private) if private else self._owner(identity, claims)
            if owner is not None:
                owners[_owner_key(identity)] = owner
                if not private and owner.key.startswith("person:") and not owner.slug:
                    former.setdefault(name_key(identity.name), owner)
        return owners, former

    def _owner(self, identity: Identity, claims: Mapping[str, tuple[str, ...]]) -> Contributor | None:
        main, *others = [claims.get(key, ()) for key in _names_of(identity)]
        slugs = dict.fromkeys(main)
        for claimants in others:
            slugs |= {slug: None for slug in claimants if not main or not self.by_slug[slug].slug}
        people = [self.by_slug[slug] for slug in slugs]
        if len(people) < 2:
            return people[0] if people else None
        return contributor_named(identity.name, self.rules, hidden=not all(person.slug for person in people))


def _unread_names(page: Page) -> list[str]:
    """What a profile that is not a valid record calls its owner; where that can't be read either, its slug as words."""
    name, aliases = page.meta.get("name"), page.meta.get("aliases")
    names = [name] if isinstance(name, str) and name.strip() else [page.slug.replace("-", " ")]
    return names + [alias for alias in (aliases if isinstance(aliases, list) else []) if isinstance(alias, str)]
