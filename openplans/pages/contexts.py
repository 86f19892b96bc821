"""What each template gets: one declared context a template.

Comes in: nothing. Goes out: the TypedDicts that `pages` fills and `templates/pages/` shows, and CONTEXTS, which ties
the two together. Apart, because it is the contract between them, and a test holds both to it.
"""

from __future__ import annotations

from typing import Any, TypedDict

from markupsafe import Markup

from openplans.downloads.changes import Change
from openplans.downloads.files import File
from openplans.facts.joins import Joined
from openplans.problems import Rule


class Figure(TypedDict):
    """The chart of a concept. `svg` and `plain`: what stands inside the SVG element of a page and of a file, by language, as
    are `vega` and `vega_lite` (JSON) and `titles` (the concept's name, broken into lines); `rows`: its points, each with
    `region` and `label`; `truncated`: the axis does not begin at 0; `joined`: lines join the targets; `doubled`: a year
    has two targets that differ; `reached`: there are reached values besides targets; `left_out`: how many actual figures of the
    concept are not drawn, by reason (chart_points.Obstacle)."""

    concept: dict[str, Any]
    width: int
    height: float
    svg: dict[str, Markup]
    plain: dict[str, Markup]
    vega: dict[str, str]
    vega_lite: dict[str, str]
    titles: dict[str, list[str]]
    rows: list[dict[str, Any]]
    truncated: bool
    joined: bool
    doubled: bool
    reached: bool
    left_out: dict[str, int]


class Home(TypedDict):
    """The front page. `changes`: the newest versions of the data; `targets`: the table of all targets by language; `archive`: all packages."""

    counts: dict[str, int]
    plans: list[dict[str, Any]]
    charts: list[Figure]
    indicator_count: int
    changes: list[Change]
    targets: dict[str, File]
    archive: File
    dataset: dict[str, Any]


class Plans(TypedDict):
    """The list of plans."""

    plans: list[dict[str, Any]]


class Plan(TypedDict):
    """A plan's overview. `themes` have `by_year` (counts in the order of `years`) and `total`."""

    plan: dict[str, Any]
    goals: list[Joined]
    charts: list[Figure]
    years: list[int]
    themes: list[Joined]
    leaders: list[Joined]
    unranked: bool
    attachments: list[dict[str, Any]]
    updates: list[Joined]
    notes: list[Joined]
    lists: File
    downloads: dict[str, Any]
    dataset: dict[str, Any]


class Choices(TypedDict):
    """What the rows of a list can be filtered by: the themes, years, organizations and comparators that occur in it."""

    themes: list[dict[str, Any]]
    years: list[str]
    units: list[dict[str, Any]]
    comparators: list[str]


class Targets(TypedDict):
    """A plan's targets in the order of their themes, each with `first` (the first of its theme) and the `years` it is due in, and its baselines."""

    plan: dict[str, Any]
    targets: list[Joined]
    choices: Choices
    baselines: list[Joined]


class Tasks(TypedDict):
    """A plan's tasks in the document's order, each with its `depth`, its `above` (the task it is part of, or None) and the `years` it has dates in."""

    plan: dict[str, Any]
    tasks: list[Joined]
    choices: Choices


class Projects(TypedDict):
    """A plan's named works."""

    plan: dict[str, Any]
    projects: list[Joined]


class Units(TypedDict):
    """A plan's responsible units."""

    plan: dict[str, Any]
    units: list[Joined]


class Text(TypedDict):
    """A plan's document. `blocks`: runs of clauses (kind text or table); `pages`: kind of mark -> list it leads to."""

    plan: dict[str, Any]
    outline: list[Joined]
    blocks: list[dict[str, Any]]
    notes: dict[str, list[Joined]]
    pages: dict[str, str]


class Indicators(TypedDict):
    """The concepts that some plan promises or of which there is an actual figure, by theme; each with the `regions` that promise it."""

    themes: list[dict[str, Any]]


class Indicator(TypedDict):
    """One concept over all regions.

    `rows` have `region`, `answers` (its responsible units), `number` (value in the concept's unit, or None) and `compared`
    (with the region above, or None). `downloads`: its targets as a table, by language; none where no plan promises it.
    """

    concept: dict[str, Any]
    theme: dict[str, Any]
    chart: Figure | None
    uneven: bool
    rows: list[dict[str, Any]]
    observations: list[Joined]
    downloads: dict[str, dict[str, Any]]


class Organizations(TypedDict):
    """The organizations that plans name. `regions`: each `region` with its `units`; `kinds` of organizations that occur."""

    total: int
    regions: list[dict[str, Any]]
    kinds: list[str]


class Unit(TypedDict):
    """What one organization answers for (derive/duties). `plans` have their `plan`, `names` and `duties`; `downloads`: the tasks as a table; the others are what these can be filtered by."""

    unit: Joined
    plans: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    years: list[str]
    roles: list[str]
    downloads: dict[str, Any]


class Themes(TypedDict):
    """The themes that have targets or tasks (derive/themes)."""

    themes: list[Joined]


class Theme(TypedDict):
    """One theme over all plans; `plans` are the summaries by id."""

    theme: Joined
    charts: list[Figure]
    plans: dict[str, dict[str, Any]]


class Findings(TypedDict):
    """Where the plans contradict themselves. `groups`: each `kind` with its `findings`; `plans`: each `plan` with its `counts` in the order of `groups`."""

    total: int
    plans: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    downloads: dict[str, dict[str, Any]]


class Compare(TypedDict):
    """A matrix of concepts and `regions`, of all or of those below one `region`; or, where they are too many for one, the `groups`.

    `themes` have `concepts`, each with its `cells` in the order of `regions`; `tables`: by language, to take away.
    """

    region: dict[str, Any] | None
    groups: list[dict[str, Any]]
    regions: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    years: list[int]
    tables: dict[str, list[dict[str, Any]]]


class Group(TypedDict):
    """The promises of one plan that are due in a year. `path`: the page that has them, where it is another one."""

    plan: dict[str, Any]
    rows: list[Joined]
    count: int
    path: str


class Calendar(TypedDict):
    """What is due when. `plans` have `by_year` (counts in the order of `years`); `groups` are those of the `nearest` year to come; `undated`: counts by table."""

    years: list[dict[str, Any]]
    plans: list[dict[str, Any]]
    undated: dict[str, int]
    nearest: int | None
    groups: list[Group]
    calendars: dict[str, File]


class Year(TypedDict):
    """What is due in a year, of all plans or of one `plan`. `themes` and `kinds`: what the rows can be filtered by."""

    year: int
    years: list[int]
    past: bool
    plan: dict[str, Any] | None
    groups: list[Group]
    total: int
    themes: list[dict[str, Any]]
    kinds: list[str]


class Data(TypedDict):
    """All downloads. Tables and collections as `pages.data` shows them; `flat` by language, `files` by name.

    `dataset`: all data as a schema.org Dataset.
    """

    flat: dict[str, list[dict[str, Any]]]
    plans: list[dict[str, Any]]
    others: list[dict[str, Any]]
    everything: dict[str, Any]
    dictionary: dict[str, Any]
    files: dict[str, File]
    versions: list[Change]
    dataset: dict[str, Any]


class Dictionary(TypedDict):
    """What every column of every table means; `tables` have `columns`."""

    tables: list[dict[str, Any]]
    dictionary: dict[str, Any]


class Sql(TypedDict):
    """SQL in the browser. `queries` have their name, words, parameters and SQL; `settings` are the script's, but for its words;
    `match`: a full-text query as the index takes it."""

    database: File
    queries: list[dict[str, Any]]
    settings: dict[str, Any]
    match: str


class Search(TypedDict):
    """The search page: what a search can be narrowed to. `kinds`: kinds of records, of which there are any."""

    kinds: list[str]
    plans: list[dict[str, Any]]
    themes: list[dict[str, Any]]


class About(TypedDict):
    """What the project is."""


class Method(TypedDict):
    """How the data is made, and the rules of the check."""

    rules: list[Rule]


class Contribute(TypedDict):
    """How to help. `example`: the id of some row."""

    example: str


CONTEXTS: dict[str, type] = {
    "compare": Compare,
    "home": Home, "plans": Plans, "plan": Plan, "targets": Targets, "tasks": Tasks, "projects": Projects, "units": Units, "text": Text,
    "indicators": Indicators, "indicator": Indicator, "calendar": Calendar, "year": Year, "organizations": Organizations,
    "unit": Unit, "themes": Themes, "theme": Theme, "findings": Findings, "data": Data, "dictionary": Dictionary,
    "sql": Sql, "search": Search,
    "about": About, "method": Method, "contribute": Contribute,
}  # fmt: skip
"""Each template of templates/pages/ and its context."""
