"""What N plans cost: a build from nothing and after one changed cell, the check of the plan that changed, its pages in
`make serve`; and how that grows. Prints; asserts nothing.

`make bench` builds 5, 10 and 50 plans; `python -m tests.bench 200 1000` others, `--serial` in one process, whose
seconds of CPU are all there are (those of workers are their own). The plans are the five real ones and copies of them
under made-up counties, ten to a city and a hundred to a province, and pass `check`.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from openplans import garbage, pipeline
from openplans.artifacts.executor import SERIAL
from openplans.build import preview
from openplans.paths import HOUSE, Paths
from openplans.pipeline import BuildStep
from tests import bench_datasette
from tests.drafting import fresh, score

MODELS = ("330182-jiande-2023", "330305-dongtou-2023", "330326-pingyang-2025", "330411-xiuzhou-2023")
"""The plans that are copied: those of counties, whose units are all their own."""

COUNTS = (5, 10, 50)
PER_CITY, PER_PROVINCE = 10, 100
FIRST_PROVINCE = 81
"""Above the codes that GB/T 2260 gives to provinces of the mainland."""

STEMS = "甲乙丙丁戊己庚辛壬癸"
"""What the made-up counties are numbered with: no figure that a document promises."""

Rows = list[list[str]]


class Timer:
    """A watcher that keeps what each step took: seconds by the clock and of CPU."""

    def __init__(self) -> None:
        self.steps: list[tuple[BuildStep, float, float]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[BuildStep]:
        step, begun, worked = BuildStep(name), time.perf_counter(), cpu()
        yield step
        self.steps.append((step, time.perf_counter() - begun, cpu() - worked))


def cpu() -> float:
    """Seconds of CPU of this process and of the programs that it has waited for (Pagefind)."""
    every = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in every)


def project(root: Path, count: int) -> Paths:
    """A project of `count` plans below `root`."""
    shutil.copytree(HOUSE / "datapackages", root / "datapackages")
    registry = {
        name: table(root / f"datapackages/registry/{name}.csv")
        for name in ("regions", "organizations", "organization_names")
    }
    copies = max(0, count - len(list((root / "datapackages/plans").iterdir())))
    for number in range(copies):
        province, city, county = number // PER_PROVINCE, number % PER_PROVINCE // PER_CITY + 1, number % PER_CITY + 1
        top = f"{FIRST_PROVINCE + province}0000"
        above, code = f"{top[:2]}{city:02d}00", f"{top[:2]}{city:02d}{county:02d}"
        if number % PER_PROVINCE == 0:
            registry["regions"].append([top, f"例{province + 1}省", f"Example Province {province + 1}", "province", ""])
        if number % PER_CITY == 0:
            name = f"{province + 1}-{city}"
            registry["regions"].append([above, f"例{name}市", f"Example City {name}", "prefecture", top])
        name = "".join(STEMS[int(digit)] for digit in str(number))
        row = [code, f"例{name}县", f"Example County {province + 1}-{city}-{county}", "county", above]
        registry["regions"].append(row)
        copied(root / "datapackages/plans", MODELS[number % len(MODELS)], row, registry)
    for name, rows in registry.items():
        written(root / f"datapackages/registry/{name}.csv", [rows[0], *sorted(rows[1:])])
    return Paths.of(root)


def copied(plans: Path, model: str, region: list[str], registry: dict[str, Rows]) -> None:
    """A copy of a plan under another county, which its document names, with units of its own."""
    old, place, _ = model.split("-")
    code, name, name_en, *_ = region
    was, was_en = next(row[1:3] for row in registry["regions"] if row[0] == old)
    plan_id = model.replace(f"{old}-{place}", f"{code}-example")
    folder = Path(shutil.copytree(plans / model, plans / plan_id))
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace(model, plan_id).replace(f",{old}-", f",{code}-")
        path.write_text(text.replace(was, name), encoding="utf-8")
    source = (folder / "source.txt").read_bytes().replace(was.encode(), name.encode())
    (folder / "source.txt").write_bytes(source)
    file = folder / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8").replace(was, name))
    descriptor.pop("source_url", None)  # the address is that of the document which was copied
    told = {
        "title_en": f"{descriptor['title_en'].replace(was_en, name_en)} ({plan_id})",
        **{"name": plan_id, "plan_id": plan_id, "region_code": code},
        **{"source_sha256": hashlib.sha256(source).hexdigest(), "source_length": len(source.decode("utf-8"))},
    }
    file.write_text(json.dumps({**descriptor, **told}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for table_name in ("organizations", "organization_names"):
        rows = [row for row in registry[table_name][1:] if old in (row[0], row[1])]
        registry[table_name] += [
            [
                (cell.replace(old, code, 1) if cell.startswith(old) else cell)
                .replace(was, name)
                .replace(was_en, name_en)
                for cell in row
            ]
            for row in rows
        ]


def table(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def written(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def change_a_cell(paths: Paths) -> str:
    """Another comment on the first note of the last plan that has notes; the plan."""
    path = [each for each in sorted(paths.plans.glob("*/notes.csv")) if len(table(each)) > 1][-1]
    rows = table(path)
    rows[1][-1] = f"{rows[1][-1]} (changed)"
    written(path, rows)
    return path.parent.name


def measured(title: str, work: Callable[[Timer], object]) -> Timer:
    """Do and time a build; print its steps."""
    timer, begun, worked = Timer(), time.perf_counter(), cpu()
    work(timer)
    print(f"\n{title}\n     wall      CPU")
    for step, wall, busy in timer.steps:
        print(f"  {wall:7.2f}  {busy:7.2f}  {step.name:<10} {step.count:>8}")
    print(f"  {time.perf_counter() - begun:7.2f}  {cpu() - worked:7.2f}  in all", flush=True)
    return timer


def sizes(paths: Paths, count: int) -> None:
    """Print what the site holds, and the memory that was needed."""
    files = [each for each in paths.output.rglob("*") if each.is_file()]
    whole = sum(each.stat().st_size for each in files)
    pages = sorted((each.stat().st_size, each) for each in files if each.suffix == ".html")
    size, largest = pages[-1]
    meta = sum(each.stat().st_size for each in files if each.suffix == ".pf_meta")
    print(
        f"  {len(files)} files, {len(files) / count:.0f} per plan; {whole / 1e6:.1f} MB, "
        f"{whole / 1e6 / count:.2f} per plan"
    )
    packed = len(gzip.compress(largest.read_bytes())) / 1000
    print(f"  {len(pages)} pages, median {pages[len(pages) // 2][0] / 1000:.0f} KB")
    print(f"  largest page {size / 1000:.0f} KB ({packed:.0f} packed): {largest.relative_to(paths.output)}")
    print(f"  what the search reads first, of all its indexes: {meta / 1000:.0f} KB")
    own, others = (resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"  peak memory so far: this process {own:.0f} MB, programs that it started {others:.0f} MB", flush=True)


def report(count: int, scheduler: str) -> Paths:
    """Build a project of `count` plans from nothing and with one changed cell; check its plan and show it before."""
    last: list[preview.BuiltFrom] = []

    def site(timer: Timer) -> None:
        last.clear()
        pipeline.make_site(paths, timer, scheduler=scheduler, told=last.append)

    def shown(timer: Timer) -> None:
        with timer.step("pages") as step:
            step.count = len(preview.changed(paths, [plan], last[0]))

    paths = project(Path(tempfile.mkdtemp()), count)
    measured(f"{count} plans, from nothing ({scheduler or 'every core'})", site)
    sizes(paths, count)
    plan = change_a_cell(paths)
    measured(f"{count} plans, one cell changed: its plan checked", lambda timer: pipeline.check(paths, timer, (plan,)))
    change_a_cell(paths)
    measured(f"{count} plans, one cell changed: its pages in `make serve`", shown)
    measured(f"{count} plans, one cell changed: the site", site)
    measured(f"{count} plans, nothing changed: the site", site)
    return paths


def main(given: list[str]) -> None:
    garbage.collect_seldom()  # as the command line does
    scheduler = SERIAL if "--serial" in given else ""
    print(score.table())
    print(fresh.table())
    for count in [int(each) for each in given if each.isdigit()] or COUNTS:
        paths = report(count, scheduler)
        if count == COUNTS[0]:
            bench_datasette.report(paths)
        shutil.rmtree(paths.root)


if __name__ == "__main__":
    main(sys.argv[1:])
