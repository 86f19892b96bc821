"""How long the build takes, step by step, and how cost grows with the plans. Prints; asserts nothing.

`make bench` builds the real plans cold (no charts kept) and warm, then copies of one of
them under other ids, so that growth shows: the time a plan should stay the same.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openplans import pipeline
from openplans.paths import HOUSE, Paths
from openplans.pipeline import Step
from tests import bench_datasette
from tests.drafting import score

MODEL = "330411-xiuzhou-2023"
COPIES = (1, 10, 40)


class Timer:
    """A watcher that keeps how long each step took."""

    def __init__(self) -> None:
        self.steps: list[tuple[Step, float]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        step, begun = Step(name), time.perf_counter()
        yield step
        self.steps.append((step, time.perf_counter() - begun))


def build(paths: Paths) -> Timer:
    timer = Timer()
    pipeline.make_site(paths, timer)
    return timer


def copies(root: Path, count: int) -> Paths:
    """A project with `count` copies of the model plan, each under an id of its own."""
    shutil.copytree(HOUSE / "datapackages", root / "datapackages", ignore=shutil.ignore_patterns("plans"))
    for number in range(count):
        plan_id = (
            f"330411-copy{'abcdefghijklmnopqrstuvwxyz'[number // 26]}{'abcdefghijklmnopqrstuvwxyz'[number % 26]}-2023"
        )
        folder = Path(shutil.copytree(HOUSE / "datapackages/plans" / MODEL, root / "datapackages/plans" / plan_id))
        for path in folder.glob("*.csv"):
            path.write_text(path.read_text(encoding="utf-8").replace(MODEL, plan_id), encoding="utf-8")
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        (folder / "datapackage.json").write_text(
            json.dumps({**descriptor, "name": plan_id, "plan_id": plan_id}, ensure_ascii=False), encoding="utf-8"
        )
    return Paths.of(root)


def report(title: str, timer: Timer, paths: Paths) -> None:
    print(f"\n{title}")
    for step, seconds in timer.steps:
        print(f"  {seconds:7.2f} s  {step.name:<10} {step.count:>7}")
    sizes = sorted(page.stat().st_size for page in paths.output.rglob("*.html"))
    whole = sum(each.stat().st_size for each in paths.output.rglob("*") if each.is_file())
    print(f"  {sum(seconds for _, seconds in timer.steps):7.2f} s  in all")
    print(
        f"  {len(sizes)} pages, median {sizes[len(sizes) // 2] / 1000:.0f} KB, largest {sizes[-1] / 1000:.0f} KB; site {whole / 1e6:.1f} MB"
    )
    print(f"  peak memory so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        only = copies(Path(folder) / "one", 1)
        report("one plan, cold (with the start of every library)", build(only), only)
        shutil.copytree(HOUSE / "datapackages", Path(folder) / "real/datapackages")
        real = Paths.of(Path(folder) / "real")
        report("the real plans, cold", build(real), real)
        report("the real plans, warm (charts kept)", build(real), real)
        bench_datasette.report(real)
        print(score.table())
        for count in COPIES[1:]:
            paths = copies(Path(folder) / str(count), count)
            report(f"{count} copies of one plan, cold", build(paths), paths)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
