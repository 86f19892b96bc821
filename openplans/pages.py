"""Every page of the site: its address, its template and the context that the template gets.

Comes in: a valid World and the downloads. Goes out: Pages, plain data in the contexts that
contexts.py declares; a template shows, it does not compute.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from openplans import charts
from openplans.contexts import (
    About,
    Chart,
    Data,
    Home,
    Indicator,
    Indicators,
    Plan,
    Plans,
    Projects,
    Search,
    Targets,
    Tasks,
    Text,
    Units,
)
from openplans.derive import comparison, joins, marks
from openplans.derive import series as derived_series
from openplans.derive.joins import Joined
from openplans.downloads import Downloads
from openplans.link import World
from openplans.paths import Paths
from openplans.problems import rules
from openplans.read import Package

CHARTS_SHOWN = 6
"""How many small charts the home page and a plan's page show."""

LEADERS_SHOWN = 10
"""How many units a plan's overview lists."""

MARK_PAGES = {"target": "targets", "baseline": "targets", "project": "projects"}
"""The list that a mark in the document leads to."""


@dataclass(frozen=True)
class Page:
    """A page of the site at `path`/ ("" is the home page)."""

    path: str
    template: str
    title: str
    description: str
    context: Any

    @property
    def root(self) -> str:
        """The way from this page to the site's root: "../../" for plans/x."""
        return "../" * (self.path.count("/") + 1 if self.path else 0)

    def to(self, path: str, fragment: str = "") -> str:
        """The relative address of another page, with its index.html, so that the site also opens from a disk."""
        return f"{self.root}{path + '/' if path else ''}index.html{'#' + fragment if fragment else ''}"

    @property
    def file(self) -> str:
        """The Markdown file that MkDocs makes the page of."""
        return f"{self.path}/index.md" if self.path else "index.md"


@dataclass(frozen=True)
class Shared:
    """What several pages draw on: the series of all concepts, the charts by concept, the plans' summaries by id."""

    world: World
    downloads: Downloads
    series: pd.DataFrame
    charts: dict[str, Markup]
    summaries: dict[str, dict[str, Any]]


def shared(world: World, downloads: Downloads, drawings: dict[str, Markup], series: pd.DataFrame) -> Shared:
    """Everything that the pages draw on."""
    return Shared(world, downloads, series, drawings, {plan.id: _summary(world, plan) for plan in world.project.plans})


def pages(common: Shared) -> Iterator[Page]:
    """All pages of the site, plans in order of their ids."""
    world = common.world
    yield _home(common)
    yield Page("plans", "plans", "计划", "已整理的全部计划", Plans(plans=list(common.summaries.values())))
    for plan in world.project.plans:
        yield from _plan_pages(common, plan)
    yield from _indicator_pages(common)
    yield _data(common)
    yield Page("search", "search", "搜索", "搜索目标、任务、单位和原文", Search())
    example = next((row["target_id"] for plan in world.project.plans for row in plan["targets"]), "")
    yield Page(
        "about",
        "about",
        "关于",
        "Open Plans 是什么，怎样保证可信",
        About(example=example, rules=list(rules().values())),
    )


def environment(paths: Paths) -> Environment:
    """The templates: everything that is not markup of ours is escaped, and a name without a value is an error."""
    return Environment(
        loader=FileSystemLoader(paths.templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip


def render(env: Environment, page: Page) -> str:
    """The page as Markdown."""
    return env.get_template(f"pages/{page.template}.md.j2").render(page.context, page=page, root=page.root, to=page.to)


def _summary(world: World, plan: Package) -> dict[str, Any]:
    """What every page of a plan says of it."""
    facts = plan.descriptor
    start, end = facts["effective_start"][:4], facts["effective_end"][:4]
    counts = {name: len(plan[name]) for name in ("targets", "tasks", "projects", "updates", "notes")}
    return {
        "id": plan.id,
        "title": facts["title_zh"],
        "region": world.regions[facts["region_code"]],
        "span": f"{start} 年" if start == end else f"{start}—{end} 年",
        "counts": {**counts, "units": len({row["org_id"] for row in plan["responsibilities"]})},
        "sources": [source["title"] for source in facts["sources"]],
        **{name: facts.get(name, "") for name in ("issuer", "issued", "published", "doc_number", "source_url")},
    }


def charts_of(
    world: World, series: pd.DataFrame, paths: Paths, each: Callable[[list[str]], Iterable[str]] = iter
) -> dict[str, Markup]:
    """The chart of every concept that has two values or more, by concept. `each` is told of every chart drawn."""
    planned = {plan.descriptor["region_code"] for plan in world.project.plans}
    names = {code: row["name_zh"] for code, row in sorted(world.regions.items()) if code in planned}
    frames = {
        concept_id: frame
        for concept_id, frame in derived_series.lines(series).groupby("concept_id", sort=True)
        if len(frame) > 1 and not _uneven(world, concept_id, frame)
    }
    drawings = charts.draw(
        [_goal_path(world, concept_id, frame, names) for concept_id, frame in frames.items()], paths.chart_cache
    )
    return {
        concept_id: _figure(world, concept_id, frames[concept_id], next(drawings)) for concept_id in each(list(frames))
    }


def _goal_path(world: World, concept_id: str, frame: pd.DataFrame, names: dict[str, str]) -> charts.GoalPath:
    """The chart of a concept: totals begin at 0, percentages end at 100, and what is counted within a period is not joined."""
    concept = world.concepts[concept_id]
    total = concept["nature"] == "total"
    shown = frame.assign(label=[charts.SIGNS[row.comparator] + f"{row.converted:g}" for row in frame.itertuples()])
    ceiling = 100.0 if concept["unit"] == "%" else None
    return charts.GoalPath(shown, names, ceiling, from_zero=total, joined=not (total and bool(frame.span.max())))


def _uneven(world: World, concept_id: str, frame: pd.DataFrame) -> bool:
    """Whether the targets of a total are counted over unlike times; a rate is a rate over any time."""
    return world.concepts[concept_id]["nature"] == "total" and derived_series.spans_differ(frame)


def _figure(world: World, concept_id: str, points: pd.DataFrame, drawing: str) -> Markup:
    """A drawing as the page's element, told in words for those who hear it."""
    concept = world.concepts[concept_id]
    spoken = "；".join(
        f"{world.regions[row.region_code]['name_zh']} {row.year} 年 {row.converted:g} {concept['unit']}"
        for row in points.itertuples()
    )
    return Markup(charts.accessible(drawing, f"{concept['name_zh']}：各地目标", spoken))


def _cards(shared: Shared, concept_ids: list[str]) -> list[Chart]:
    return [Chart(concept=shared.world.concepts[each], svg=shared.charts[each]) for each in concept_ids[:CHARTS_SHOWN]]


def _home(shared: Shared) -> Page:
    total: Counter[str] = Counter()
    for summary in shared.summaries.values():
        total.update(summary["counts"])
    counts = [
        ("计划", len(shared.summaries)),
        ("目标", total["targets"]),
        ("任务", total["tasks"]),
        ("责任单位", total["units"]),
    ]
    spread = shared.series.groupby("concept_id")["region_code"].nunique()
    order = {concept_id: place for place, concept_id in enumerate(shared.world.concepts)}
    shown = sorted(shared.charts, key=lambda each: (-int(spread[each]), order[each]))
    context = Home(
        counts=counts, plans=list(shared.summaries.values()), charts=_cards(shared, shown), indicator_count=len(spread)
    )
    return Page("", "home", "Open Plans 计划公开", "把政府计划整理成可检索、可比较、可核对的开放数据", context)


def _plan_pages(shared: Shared, plan: Package) -> Iterator[Page]:
    """The six pages of one plan."""
    world, summary = shared.world, shared.summaries[plan.id]
    targets, units, notes = joins.targets(world, plan), joins.units(world, plan), joins.notes(plan)
    path, name, title = f"plans/{plan.id}", f"{summary['region']['name_zh']} {summary['span']}", summary["title"]
    yield Page(path, "plan", f"{name}计划概览", title, _overview(shared, plan, targets, units, notes))
    baselines = [{**row, "anchor": joins.anchor(plan, row["baseline_id"])} for row in plan["baselines"]]
    lists = Targets(plan=summary, themes=joins.by_theme(world, targets), baselines=baselines)
    yield Page(f"{path}/targets", "targets", f"{name}目标清单", f"{title}：全部目标", lists)
    tree = Tasks(plan=summary, tasks=joins.tasks(world, plan, targets))
    yield Page(f"{path}/tasks", "tasks", f"{name}任务清单", f"{title}：任务和责任单位", tree)
    projects = [{**row, "anchor": joins.anchor(plan, row["project_id"])} for row in plan["projects"]]
    yield Page(
        f"{path}/projects",
        "projects",
        f"{name}项目清单",
        f"{title}：点名的项目",
        Projects(plan=summary, projects=projects),
    )
    yield Page(
        f"{path}/units",
        "units",
        f"{name}责任单位",
        f"{title}：责任单位",
        Units(plan=summary, units=units),
    )
    yield Page(f"{path}/text", "text", f"{name}原文", title, _text(plan, summary, notes))


def _overview(shared: Shared, plan: Package, targets: list[Joined], units: list[Joined], notes: list[Joined]) -> Plan:
    years = sorted({int(row["period_end"][:4]) for row in targets})
    themes = []
    for theme in joins.by_theme(shared.world, targets):
        by_year = Counter(int(row["period_end"][:4]) for row in theme["targets"])
        themes.append({**theme, "by_year": [by_year[year] for year in years], "total": len(theme["targets"])})
    years_of: defaultdict[str, set[int]] = defaultdict(set)
    for target in targets:
        years_of[target["concept_id"]].add(int(target["period_end"][:4]))
    return Plan(
        plan=shared.summaries[plan.id],
        goals=[row for row in targets if not row["task_id"]],
        charts=_cards(
            shared, [each for each in shared.world.concepts if each in shared.charts and len(years_of[each]) > 1]
        ),
        years=years,
        themes=themes,
        leaders=units[:LEADERS_SHOWN],
        unranked=any(unit["tasks"]["listed"] for unit in units),
        attachments=list(plan["attachments"]),
        notes=joins.by_kind(notes),
        downloads=shared.downloads.packages[plan.id],
    )


def _text(plan: Package, summary: dict[str, Any], notes: list[Joined]) -> Text:
    clauses = marks.document(plan)
    years = {joins.anchor(plan, row["target_id"]): row["period_end"][:4] for row in plan["targets"]}
    blocks = []
    for is_table, run in groupby(clauses, key=lambda clause: clause["kind"] == "table_row"):
        rows, columns = list(run), 0
        if is_table:
            columns = max(len(row["cells"]) for row in rows)
            rows = [{**row, **_table_row(row, columns, years)} for row in rows]
        blocks.append({"kind": "table" if is_table else "text", "clauses": rows, "columns": columns})
    beside: defaultdict[str, list[Joined]] = defaultdict(list)
    for note in notes:
        for clause_id in dict.fromkeys((note["clause_id"], note["other_clause_id"])):
            beside[clause_id].append(note)
    outline = [clause for clause in clauses if clause["kind"] in ("title", "heading", "annex")]
    by_clause = {clause["clause_id"]: beside.get(clause["clause_id"], []) for clause in clauses}
    return Text(plan=summary, outline=outline, blocks=blocks, notes=by_clause, pages=MARK_PAGES)


def _table_row(row: Joined, columns: int, years: dict[str, str]) -> dict[str, Any]:
    """How the cells of a row stand in a table of `columns`: `spans`, and how many are `lost` behind the first one.

    The received text has no empty and no merged cells. One cell that states the targets of several years was merged over
    their columns; a row of one cell is a heading. What is missing besides is left blank behind the first cell.
    """
    if len(row["cells"]) == 1:
        return {"spans": [columns], "lost": 0}
    spans = [max(1, len({years[each] for each in marks.ids(cell) if each in years})) for cell in row["cells"]]
    return {"spans": spans, "lost": max(0, columns - sum(spans))}


def _indicator_pages(shared: Shared) -> Iterator[Page]:
    """The list of indicators, and one page a concept that some plan promises."""
    world = shared.world
    groups = dict(iter(shared.series.groupby("concept_id", sort=True)))
    observed = joins.observations(world)
    compared = comparison.comparisons(world, shared.series)
    by_theme: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for concept in (each for each in world.concepts.values() if each["concept_id"] in groups):
        by_theme[concept["theme_id"]].append({**concept, "regions": _regions(world, groups[concept["concept_id"]])})
    ordered = sorted(world.themes.values(), key=lambda each: each["order"])
    themes = [{**theme, "concepts": by_theme[theme["theme_id"]]} for theme in ordered if theme["theme_id"] in by_theme]
    yield Page("indicators", "indicators", "指标", "可以比较的指标", Indicators(themes=themes))
    for concept_id, frame in groups.items():
        concept = world.concepts[concept_id]
        drawn = derived_series.lines(frame)
        context = Indicator(
            concept=concept,
            theme=world.themes[concept["theme_id"]],
            svg=shared.charts.get(concept_id, Markup("")),
            doubled=not bool(drawn.main.all()),
            uneven=_uneven(world, concept_id, frame),
            rows=[_indicator_row(world, row, compared) for row in frame.to_dict("records")],
            observations=observed.get(concept_id, []),
        )
        yield Page(f"indicators/{concept_id}", "indicator", concept["name_zh"], concept["definition_zh"], context)


def _indicator_row(world: World, row: dict[str, Any], compared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    number = None if pd.isna(row["converted"]) else f"{row['converted']:.10g}"
    beside = compared.get(row["target_id"])
    if beside and beside["reference"]:
        beside = {**beside, "region": world.regions[beside["reference"]["region_code"]]}
    return {**row, "region": world.regions[row["region_code"]], "number": number, "compared": beside}


def _regions(world: World, frame: pd.DataFrame) -> list[str]:
    return [world.regions[code]["name_zh"] for code in sorted(set(frame.region_code))]


def _data(shared: Shared) -> Page:
    project, downloads = shared.world.project, shared.downloads
    packages = [
        {"id": package.id, "title": package.descriptor["title"], "downloads": downloads.packages[package.id]}
        for package in [*project.plans, project.registry, project.observations]
    ]
    context = Data(
        version=data_version(shared.world), updated=updated(shared.world),
        database=downloads.database, metadata=downloads.metadata, packages=packages,
    )  # fmt: skip
    return Page("data", "data", "数据下载", "全部数据的下载", context)


def updated(world: World) -> str:
    """The date of the newest package (YYYY-MM-DD): the only date that a build knows."""
    return max(package.descriptor["updated"] for package in world.project.packages)


def data_version(world: World) -> str:
    """The version of the registry, which is that of the data as a whole."""
    return world.project.registry.descriptor["version"]
