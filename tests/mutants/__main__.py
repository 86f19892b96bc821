"""`python -m tests.mutants [--share 0.1] [MODULE…]`: how many changes of the code no test notices, and which.

Comes in: modules (`rules.periods`; all of MODULES unless named), the share of their changes that is tried. Goes out: a
line for each change that survived, and the sum; exit code 1 where fewer than nine of ten were noticed. survivors.toml has
those that no test can notice, each with its reason; they aren't counted.
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

MODULES = (
    *(f"rules.{each}" for each in ("document", "history", "kinds", "lead", "observations", "periods", "promises")),
    *(f"rules.{each}" for each in ("provenance", "quantities", "reading", "references", "updates", "wording")),
    *(f"facts.{each}" for each in ("chart_points", "comparison", "consequences", "findings", "matrix", "observations")),
    *(f"facts.{each}" for each in ("organizations", "plan", "progress", "restatements", "series", "verdicts")),
    *(f"text.{each}" for each in ("amounts", "comparators", "figure", "hedges", "numerals", "period", "quantities")),
    "text.units",
    "packages.link",
)
"""What is changed: checks, derivation, quantities and linking."""

ENOUGH = 0.9

THIRD_PARTY = ("frictionless", "frictionless.formats", "jsonschema", "pandas", "hypothesis", "playwright.sync_api")
"""Loaded once, before the processes are forked."""


@dataclass
class Mutant:
    """A change of a module, the tests that run its line, and whether one of them failed."""

    module: str
    change: Change
    tests: list[str]
    killed: bool = False

    def __str__(self) -> str:
        change = self.change
        where = f"{self.module}:{change.line} {change.function}"
        told = "" if self.tests else "  (no test runs it)"
        return f"{where}: {change.before[:150]}  ->  {change.after[:150]}{told}"


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


def with_tests(found: Iterator[tuple[str, Change]], tests: dict[str, running.Lines]) -> Iterator[Mutant]:
    """The changes with the tests that run them; what stands outside of functions is run by all that run the module."""
    sources: dict[str, dict[int, range]] = {}
    for module, change in found:
        file = str(path_of(module))
        if file not in sources:
            sources[file] = running.function_lines(path_of(module).read_text(encoding="utf-8"))
        inside = sources[file].get(change.line)
        whole = {line for lines in tests.values() for line in lines if line[0] == file}
        around = {(file, number) for number in inside} if inside else whole
        run = {line for line in around if line[1] == change.line} if inside else whole
        # A statement of several lines is noted by some of them; then all that run the function are asked.
        wanted = run if run & whole else around
        yield Mutant(module, change, running.ordered(tests, wanted, around))


def survivors(waiting: list[Mutant], processes: int) -> None:
    """Run the tests of each change, some at once, and note which were killed."""
    under_way: dict[int, Mutant] = {}
    while waiting or under_way:
        while waiting and len(under_way) < processes:
            mutant = waiting.pop(0)
            if mutant.tests:
                path = path_of(mutant.module)
                source = changed(path.read_text(encoding="utf-8"), mutant.change)
                name = f"openplans.{mutant.module}"
                under_way[running.failing(name, path, source, mutant.tests)] = mutant
            else:
                print(mutant, flush=True)
        if under_way:
            process, status = os.wait()
            mutant = under_way.pop(process)
            mutant.killed = status != 0
            if not mutant.killed:
                print(mutant, flush=True)


def argued() -> set[tuple[str, ...]]:
    """The changes that no test can notice, as survivors.toml argues."""
    told = tomllib.loads(Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8"))
    return {(each["module"], each["function"], each["before"], each["after"]) for each in told.get("survivor", ())}


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
    tests = running.covered({str(path_of(module)) for module in MODULES})
    if not tests:
        print("测试没有全部通过，先改好再试。The tests do not all pass as it is; mend that first.")
        return 2
    tried = list(with_tests(mutants(told.modules, told.share, told.seed, argued()), tests))
    survivors(list(tried), told.processes)
    killed = sum(each.killed for each in tried)
    print(f"{killed} / {len(tried)} = {killed / len(tried):.0%}")
    return 0 if killed >= ENOUGH * len(tried) else 1


if __name__ == "__main__":
    sys.exit(main())
