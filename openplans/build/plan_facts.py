"""The facts of each plan, kept in the store by the hash of what went in.

Comes in: a plan's package, the part of the registry that it uses, the store. Goes out: the same PlanFacts as
`facts.plan.plan_facts` gives, unpickled where nothing changed. What the plan shares with others, the records of the
registry, is not pickled but pointed at (a pickle's persistent ids), so that it stays shared. Apart from `facts`, which
keep nothing.
"""

from __future__ import annotations

import io
import pickle
from functools import cached_property

from openplans.artifacts.digests import Digests
from openplans.artifacts.store import Store, digest, of_folders
from openplans.facts import plan
from openplans.facts.plan import PlanFacts
from openplans.facts.registry import Registry
from openplans.packages.read import Package
from openplans.paths import LIBRARY

_FILE = "facts.pickle"

_SHARED = ("regions", "organizations", "themes", "concepts", "units")
"""The indexes of a Registry whose records those of plans lead to."""


class KeptPlanFacts:
    """Gives the facts of plans one by one: those of the store, or new ones that the store then has."""

    def __init__(self, store: Store) -> None:
        """A `store` that is open; it has to be open as long as facts are asked for."""
        self._store = store
        self._digests = Digests()

    def __call__(self, package: Package, registry: Registry) -> PlanFacts:
        """The facts of a plan; `registry` is the part that it uses."""
        key = digest(self._code, package.digest, self._digests.of(registry))
        if found := self._store.get(key):
            return _unpickled(self._store.read(found[_FILE]), registry)
        made = plan.plan_facts(package, registry)
        self._store.put(key, {_FILE: _pickled(made, registry)})
        return made

    @cached_property
    def _code(self) -> str:
        rooms = ("facts", "packages", "schema", "text", "routes.py")
        return of_folders(*(LIBRARY / each for each in rooms))


def _pickled(known: PlanFacts, registry: Registry) -> bytes:
    shared = {id(record): (name, key) for name in _SHARED for key, record in getattr(registry, name).items()}
    file = io.BytesIO()
    pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
    pickler.persistent_id = lambda record: shared.get(id(record))  # type: ignore[method-assign]
    pickler.dump(known)
    return file.getvalue()


def _unpickled(content: bytes, registry: Registry) -> PlanFacts:
    unpickler = pickle.Unpickler(io.BytesIO(content))
    unpickler.persistent_load = lambda place: getattr(registry, place[0])[place[1]]  # type: ignore[method-assign]
    known: PlanFacts = unpickler.load()
    return known
