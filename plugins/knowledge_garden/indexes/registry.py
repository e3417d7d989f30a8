"""The indexes of a garden: each made once, when it is first asked for, from the garden and the indexes it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from knowledge_garden.model.garden import Garden
from knowledge_garden.model.problems import Code
from knowledge_garden.model.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge_garden.indexes.actions import Actions
    from knowledge_garden.indexes.balance import CommunityBalance
    from knowledge_garden.indexes.bridges import Bridges
    from knowledge_garden.indexes.celebrations import Celebrations
    from knowledge_garden.indexes.chains import Recurrences
    from knowledge_garden.indexes.communities import Communities
    from knowledge_garden.indexes.credits import Credits
    from knowledge_garden.indexes.dashboard import Dashboard
    from knowledge_garden.indexes.effect import Effect
    from knowledge_garden.indexes.facets import Facet
    from knowledge_garden.indexes.failures import Failures
    from knowledge_garden.indexes.freshness import Due
    from knowledge_garden.indexes.leadership import Leadership
    from knowledge_garden.indexes.ledger import Ledger
    from knowledge_garden.indexes.lifecycle import Lifecycle
    from knowledge_garden.indexes.links import Links
    from knowledge_garden.indexes.maintenance import Maintenance
    from knowledge_garden.indexes.meetings import Meetings
    from knowledge_garden.indexes.names import Names
    from knowledge_garden.indexes.pairs import PairTable
    from knowledge_garden.indexes.partners import Partners
    from knowledge_garden.indexes.paths import RolePath
    from knowledge_garden.indexes.premortem import Key, Premortem
    from knowledge_garden.indexes.silence import Hearing
    from knowledge_garden.indexes.succession import Succession

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Index(Generic[T]):
    """Something computed from a garden once. `build` gets the indexes, and through them the garden; it must be pure.

    `name` is how templates ask for it: `indexes.links`. Python asks with the index itself, `indexes[LINKS]`, and
    gets the right type.
    """

    name: str
    build: Callable[[Indexes], T] = field(repr=False)


class Indexes:
    """A garden and everything that is computed from it; what pages and outputs are made from.

    `garden` is the part of it that may be published, and `publication` decided what that is. `whole` is everything that
    was read: for checks, and for the private ledger alone.

    Raises ValueError where two indexes have one name, or where an index asks for itself.
    """

    if TYPE_CHECKING:  # the garden's own; `__getattr__` finds them, and those of plugins, by name
        names: Names
        links: Links
        failures: Failures
        communities: Communities
        facets: Mapping[str, Facet]
        hearing: Mapping[str, Hearing]
        pairs: Mapping[str, tuple[PairTable, ...]]
        partners: Partners
        leadership: Leadership
        paths: Mapping[str, RolePath]
        succession: Mapping[str, Succession]
        premortems: Mapping[Key, Premortem]
        credits: Credits
        ledger: Ledger
        freshness: Mapping[str, Due]
        meetings: Meetings
        dashboards: Mapping[str, Dashboard]
        bridges: Bridges
        actions: Actions
        recurrences: Recurrences
        lifecycles: Mapping[str, Lifecycle]
        balance: Mapping[str, CommunityBalance]
        effect: Effect
        celebrations: Celebrations
        maintenance: Maintenance

    def __init__(
        self,
        whole: Garden,
        publication: Publication,
        indexes: Iterable[Index[Any]],
        generated: Iterable[str] = (),
        codes: Iterable[Code] = (),
    ) -> None:
        """`generated`: the paths of the pages that no file of the content holds. `codes`: of the problems there can be."""
        self.whole = whole
        self.publication = publication
        self.garden = publication.garden
        self.generated = frozenset(generated)
        self.codes = {code.name: code for code in codes}
        self._by_name: dict[str, Index[Any]] = {}
        self._values: dict[str, Any] = {}
        self._asked: list[str] = []
        for index in indexes:
            if index.name in self._by_name:
                raise ValueError(f"Two indexes are called {index.name}.")
            self._by_name[index.name] = index

    def __getitem__(self, index: Index[T]) -> T:
        value: T = self._value(index.name)
        return value

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._by_name:
            raise AttributeError(f"There is no index called {name}.")
        return self._value(name)

    def _value(self, name: str) -> Any:
        if name not in self._values:
            if name in self._asked:
                raise ValueError(f"Indexes ask for each other in a circle: {' → '.join([*self._asked, name])}.")
            self._asked.append(name)
            try:
                self._values[name] = self._by_name[name].build(self)
            finally:
                self._asked.pop()
        return self._values[name]
