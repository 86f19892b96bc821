"""`python -m tests.mutants [--share 0.1] [MODULE…]`: how many changes of the code no test notices, and which.

Comes in: modules (`rules.periods`; all of MODULES unless named), the share of their changes that is tried. Goes out: a
line for each change that survived, and the sum; exit code 1 where fewer than nine of ten were noticed. survivors.toml
has those that no test can notice, each with its reason; they aren't counted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutants import running
from tests.mutants.changes import Change, changed, changes

LIBRARY = running.HOUSE / "openplans"

MODULES = tuple(running.modules())
"""What is changed: checks, derivation, quantities and linking; differences, forms and mending; what is kept."""

ENOUGH = 0.9

THIRD_PARTY = ("frictionless", "frictionless.formats", "jsonschema", "pandas", "hypothesis", "playwright.sync_api")
"""Loaded once, before the processes are forked."""


@dataclass
class Mutant:
    """A change of a module, and whether a test failed."""

    module: str
    change: Change
    killed: bool = False

    def __str__(self) -> str:
        change = self.change
        where = f"{self.module}:{change.line} {change.function}"
        return f"{where}: {change.before[:150]}  ->  {change.after[:150]}"


def path_of(module: str) -> Path:
    """The file of a module below openplans."""
    return LIBRARY.joinpath(*module.split(".")).with_suffix(".py")


def mutants(modules: list[str], share: float, seed: int, argued: set[tuple[str, ...]]) -> Iterator[tuple[str, Change]]:
    """The changes to be tried: a share of those of each module, the same for the same seed."""
    for module in modules:
        found = list(changes(path_of(module).read_text(encoding="utf-8")))
        found = [each for each in found if (module, each.function, each.before, each.after) not in argued]
        chosen = random.Random(f"{seed} {module}").sample(found, round(len(found) * share) or 1)
        yield from ((module, each) for each in sorted(chosen, key=lambda each: (each.place, each.other)))


def survivors(waiting: list[Mutant], processes: int) -> None:
    """Run the tests of each change, some at once, and note which were killed."""
    under_way: dict[int, Mutant] = {}
    while waiting or under_way:
        while waiting and len(under_way) < processes:
            mutant = waiting.pop(0)
            path = path_of(mutant.module)
            source = changed(path.read_text(encoding="utf-8"), mutant.change)
            function = mutant.change.function.rpartition(".")[2]
            under_way[running.failing(mutant.module, path, source, function)] = mutant
        process, status = os.wait()
        mutant = under_way.pop(process)
        mutant.killed = status != 0
        if not mutant.killed:
            print(mutant, flush=True)


def argued() -> set[tuple[str, ...]]:
    """The changes that no test can notice, as survivors.toml argues."""
    told = tomllib.loads(Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8"))
    return {(each["module"], each["function"], each["before"], each["after"]) for each in told.get("survivor", ())}


def _fails_unchanged(module: str) -> bool:
    """Whether the tests of a module fail though nothing is changed: then they would notice everything."""
    path = path_of(module)
    process = running.failing(module, path, path.read_text(encoding="utf-8"), "")
    return os.waitpid(process, 0)[1] != 0


def main() -> int:
    """Try the changes and print what survived."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    asked.add_argument("modules", nargs="*", metavar="MODULE", default=list(MODULES))
    asked.add_argument("--share", type=float, default=1.0, help="of the changes of each module")
    asked.add_argument("--seed", type=int, default=0, help="another share")
    asked.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    told = asked.parse_args()
    for name in THIRD_PARTY:
        importlib.import_module(name)
    tried = [Mutant(*each) for each in mutants(told.modules, told.share, told.seed, argued())]
    if failed := [module for module in dict.fromkeys(each.module for each in tried) if _fails_unchanged(module)]:
        print(f"测试没有全部通过，先改好再试。The tests do not all pass as it is; mend that first: {', '.join(failed)}")
        return 2
    survivors(list(tried), told.processes)
    killed = sum(each.killed for each in tried)
    print(f"{killed} / {len(tried)} = {killed / len(tried):.0%}")
    return 0 if killed >= ENOUGH * len(tried) else 1


if __name__ == "__main__":
    sys.exit(main())
