"""What each template gets: one declared context for each template.

Comes in: nothing. Goes out: the TypedDicts that `pages` fills and `templates/pages/` shows, and CONTEXTS, which ties
the two together. Apart, because it is the contract between them, and a test holds both to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, TypedDict

from markupsafe import Markup

from openplans.charts.style import Size
from openplans.downloads.changes import Change
from openplans.downloads.files import File
from openplans.facts import records
from openplans.facts.answers import Answer
from openplans.facts.bulletins import Bulletin as FoundBulletin
from openplans.facts.bulletins import Change as VerdictChange
from openplans.facts.comparison import Comparison
from openplans.facts.dockets import Docket
from openplans.facts.highlights import Clause
from openplans.facts.organizations import Dossier, Duty
from openplans.facts.progress import Alert, PlanProgress, Tally
from openplans.facts.promises import Promise
from openplans.facts.records import (
    Attachment,
    Baseline,
    Concept,
    Due,
    Finding,
    Kind,
    Note,
    Observation,
    Organization,
    PlanOrganization,
    Project,
    Responsibility,
    Retired,
    Target,
    Task,
    Update,
)
from openplans.facts.themes import ThemeFacts
from openplans.facts.verdicts import Verdict
from openplans.packages.history import Entry
from openplans.problems import Rule
from openplans.text.amounts import Language

Json = Mapping[str, object]
"""What is written as JSON as it is."""

Verdicts = Mapping[str, Verdict]
"""By target_id."""


class ChartPoint(TypedDict):
    """A point of a chart for those who hear it."""

    region: records.Region
    year: int
    kind: str
    label: dict[str, str]


class View(TypedDict):
    """A chart as it is drawn for a size. `svg` and `plain`: what stands inside the SVG element of a page and of a file,
    by language, as are `vega` and `vega_lite` (JSON)."""

    size: Size
    height: float
    svg: dict[str, Markup]
    plain: dict[str, Markup]
    vega: dict[str, str]
    vega_lite: dict[str, str]


class ConceptChart(TypedDict):
    """The chart of a concept. `form`: equal (no drawing, only the sentence), rows or lines; `alone`: it shows one
    region; `views`: wide and narrow; by language its `titles` (the sentence made from the data), what is `measured` in
    which unit, its `signs` and the `documents` it is drawn from; `rows`: its points, each with `region` and `label`;
    `truncated`: the axis does not begin at 0; `joined`: lines join the targets; `conflicts`: page and fragment of each
    finding that shows two values of one year; `reached`: there are actual figures besides targets; `left_out`: how many
    of these are not drawn, by reason (chart_points.Obstacle)."""

    concept: Concept
    form: Literal["equal", "rows", "lines"]
    alone: bool
    views: dict[str, View]
    titles: dict[str, str]
    measured: dict[str, str]
    signs: dict[str, str]
    documents: dict[str, str]
    rows: list[ChartPoint]
    truncated: bool
    joined: bool
    conflicts: list[tuple[str, str]]
    reached: bool
    left_out: dict[str, int]


class Origin(TypedDict):
    """Where a row is kept: the `file` from the root of the repository, the `line` in it as it was built, and the
    page that tells what last changed in it, "" where nothing did."""

    file: str
    line: int
    changes: str


Origins = Mapping[str, Origin]
"""By the row's id."""


class StepRow(TypedDict):
    """What is promised for one time: the row that states it first. `number`: its value in the concept's unit, None
    where that is the number printed; `compared`: how it stands to the region above, whose row is on `reference_page`;
    None where there is none."""

    target: Target
    number: Decimal | None
    compared: Comparison | None
    reference_page: str
    verdict: Verdict


class PromiseRow(TypedDict):
    """A promise with its `steps`; `indicator`: the page that has it among those of its concept; `conflict`: page and
    fragment of the finding that shows what contradicts it; `updates`: reports of progress of any of its rows."""

    promise: Promise
    steps: list[StepRow]
    indicator: str
    conflict: tuple[str, str] | None
    updates: list[Update]


class DueShort(TypedDict):
    """How many promises of a plan have a step due in a year."""

    plan: records.Plan
    count: int


class Told(TypedDict):
    """How to be told of what changes and what falls due: a calendar
    and a feed to subscribe to, None where there is none."""

    calendar: File | None
    feed: File | None


class Home(TypedDict):
    """The front page. `places`: the first regions with a plan, `place_count` of them; `year`: the next in which
    something is due, `due_count` of it, `due` then by plan where these are few, `due_rows`: the first of it; `themes`
    with how many promises they have; `finding`: one contradiction; `figures`: the newest actual figures; `plans`: the
    first; `changes`: the newest versions of the data, `history`: there are pages of all changes; `targets`: the table
    of all targets by language; `archive`: all packages."""

    counts: dict[str, int]
    places: list[records.Region]
    place_count: int
    year: int | None
    due_count: int
    due: list[DueShort]
    due_rows: list[PromiseRow]
    themes: list[tuple[records.Theme, int]]
    finding: Finding | None
    finding_at: tuple[str, str] | None
    figures: list[Observation]
    concepts: Mapping[str, Concept]
    plans: list[records.Plan]
    charts: list[ConceptChart]
    indicator_count: int
    changes: list[Change]
    history: bool
    targets: dict[Language, File]
    archive: File
    dataset: Json


class RegionPart(TypedDict):
    """A region that has a list of its own, and how much that holds."""

    region: records.Region
    count: int


class Plans(TypedDict):
    """The list of plans, of all or of one `region`; or, where they are too many for one list, the `parts`."""

    region: records.Region | None
    plans: list[records.Plan]
    parts: list[RegionPart]


class ThemeYears(TypedDict):
    """How many promises a theme has, and how many steps of them are due `by_year`, in the order of the page's years."""

    theme: records.Theme
    by_year: list[int]
    total: int


class NoteGroup(TypedDict):
    """The notes of one kind."""

    kind: str
    notes: list[Note]


class Plan(TypedDict):
    """A plan's overview; `goals`: what belongs to no task; `coming`:
    the next year in which something is due, and how much."""

    plan: records.Plan
    goals: list[PromiseRow]
    coming: tuple[int, int] | None
    charts: list[ConceptChart]
    years: list[int]
    themes: list[ThemeYears]
    leaders: list[PlanOrganization]
    unranked: bool
    attachments: list[Attachment]
    updates: list[Update]
    notes: list[NoteGroup]
    retired: list[RetiredRow]
    lists: File
    told: Told
    downloads: Collected
    dataset: Json


class Choices(TypedDict):
    """What the rows of a list can be filtered by: the themes, years, organizations, comparators and verdicts that occur
    in it."""

    themes: list[records.Theme]
    years: list[str]
    organizations: list[Organization]
    comparators: list[str]
    verdicts: list[str]


class RetiredRow(TypedDict):
    """A row that was removed; `successor`: page and fragment of the one that took its place, None where there is none
    to see; `changes`: the page that tells of its removal."""

    retired: Retired
    successor: tuple[str, str] | None
    changes: str


class Targets(TypedDict):
    """What a plan promises, by theme, and its baselines."""

    plan: records.Plan
    themes: dict[records.Theme, list[PromiseRow]]
    choices: Choices
    baselines: list[Baseline]
    origins: Origins
    retired: list[RetiredRow]


class TaskRow(TypedDict):
    """A task with what was published of its progress."""

    task: Task
    updates: list[Update]


class Tasks(TypedDict):
    """A plan's tasks in the document's order, and the verdicts on their targets."""

    plan: records.Plan
    tasks: list[TaskRow]
    choices: Choices
    verdicts: Verdicts
    origins: Origins
    retired: list[RetiredRow]


class ProjectRow(TypedDict):
    """A named work with what was published of its progress."""

    project: Project
    updates: list[Update]


class Projects(TypedDict):
    """A plan's named works."""

    plan: records.Plan
    projects: list[ProjectRow]
    origins: Origins
    retired: list[RetiredRow]


class Responsibilities(TypedDict):
    """A plan's responsible organizations; `tallies`: the promises that
    each answers for, by org_id, counted by verdict in `order`."""

    plan: records.Plan
    organizations: list[PlanOrganization]
    tallies: Mapping[str, Tally]
    order: list[str]


class TextRow(TypedDict, total=False):
    """A clause; in a table how many columns each of its cells `spans`, and how many are `lost` behind the first one."""

    clause: Clause
    spans: list[int]
    lost: int


class Block(TypedDict):
    """A run of clauses of one kind: text, or a table of so many `columns`."""

    kind: Literal["text", "table"]
    rows: list[TextRow]
    columns: int


class Text(TypedDict):
    """A plan's document. `notes` by clause_id; `pages`: kind of highlight
    -> list it leads to; `verdicts` by the mark of the target."""

    plan: records.Plan
    outline: list[Clause]
    blocks: list[Block]
    notes: dict[str, list[Note]]
    pages: dict[str, str]
    verdicts: Verdicts
    retired: list[RetiredRow]


class ConceptAsked(TypedDict):
    """A concept with what regions ask of it, None where none
    does; `figures`: how many actual figures there are of it."""

    concept: Concept
    theme: records.Theme
    answer: Answer | None
    figures: int


class Indicators(TypedDict):
    """The concepts that some plan promises or of which there is an actual figure: those that two regions or more
    promise (`shared`), those of one region and those of none, by theme. `regions` and `themes`: what they can be
    filtered by; `files`: their index, by language."""

    shared: list[ConceptAsked]
    single: dict[records.Theme, list[ConceptAsked]]
    regions: list[records.Region]
    themes: list[records.Theme]
    files: dict[Language, list[File]]


class Indicator(TypedDict):
    """One concept over all regions, or in one `part`; `apart`: the parts with pages of their own. `answer`: what the
    plans say of it, None where none promises it; `downloads`: its targets as a table, by language; none where no plan
    promises it; `plans` by id; `files` for machines and `dataset`, what search engines are told, by language."""

    concept: Concept
    part: records.Region | None
    apart: list[records.Region]
    theme: records.Theme
    answer: Answer | None
    chart: ConceptChart | None
    uneven: bool
    rows: list[PromiseRow]
    plans: dict[str, records.Plan]
    observations: list[Observation]
    downloads: dict[Language, Offered]
    files: dict[Language, list[File]]
    dataset: dict[Language, dict[str, object]]


class RegionOrganizations(TypedDict):
    """A region with the organizations that plans name."""

    region: records.Region
    organizations: list[Dossier]


class Organizations(TypedDict):
    """The organizations that plans name, of all regions or of one; `kinds` of organizations that occur; `apart`: each
    region has a list of its own."""

    total: int
    region: records.Region | None
    apart: bool
    regions: list[RegionOrganizations]
    kinds: list[str]


class Owed(TypedDict):
    """What an organization answers for, and how: a promise (`row`) or a task that promises no figure."""

    role: str
    row: PromiseRow | None
    task: Task | None


class PlanDuty(TypedDict):
    """What an organization answers for in a plan, and how that spells its name; `listed`: as one list to print."""

    plan: records.Plan
    names: list[str]
    duties: list[Duty]
    listed: list[Owed]


class OrganizationPage(TypedDict):
    """What one organization answers for. `due`: its promises by year; `coming`: the next year in which some are due,
    and how many; `downloads`: the tasks as a table; `list_file`: promises and tasks as one list; `themes`, `years` and
    `roles` are what the tasks can be filtered by."""

    dossier: Dossier
    plans: list[PlanDuty]
    themes: list[records.Theme]
    years: list[str]
    roles: list[str]
    due: dict[str, list[Owed]]
    coming: tuple[int, int] | None
    downloads: Offered
    list_file: File
    verdicts: Verdicts
    docket: Docket | None
    told: Told


class Themes(TypedDict):
    """The themes that have targets or tasks."""

    themes: list[ThemeFacts]


class ThemeRows(TypedDict):
    """What is promised on a theme: of each concept, and by plan_id what has none."""

    concepts: list[tuple[Concept, list[PromiseRow]]]
    others: dict[str, list[PromiseRow]]


class Theme(TypedDict):
    """One theme over all plans or those of one region (`part`); `plans` by id; `apart`: the regions that have a page of
    their own for it, where one does not hold its `rows` and `tasks`; `silent`: the regions whose plans say nothing of
    it."""

    found: ThemeFacts
    rows: ThemeRows
    tasks: dict[str, list[Task]]
    silent: list[records.Region]
    told: Told
    part: records.Region | None
    apart: list[records.Region]
    charts: list[ConceptChart]
    plans: dict[str, records.Plan]


class PlanCounts(TypedDict):
    """How many findings of each kind a plan has, in the order of the page's groups."""

    plan: records.Plan
    counts: list[int]


class FindingGroup(TypedDict):
    """The findings of one kind; none where they stand on the pages of their plans."""

    kind: str
    count: int
    findings: list[Finding]


class Warned(TypedDict):
    """A warning of the check with the row it is about and, where that is on a page of a `plan`, its place."""

    rule: str
    zh: str
    en: str
    id: str
    plan: records.Plan | None
    page: str
    anchor: str


class Findings(TypedDict):
    """Where the plans contradict themselves; `by_id`: the plans; `warnings`: what the check found odd
    and let pass. `plan`: where the page is of one; `apart`: each plan has a page of its own for them. `region`: where
    it counts those of the plans of one; `parts`: those regions, where all plans are too many."""

    region: records.Region | None
    parts: list[RegionPart]
    plan: records.Plan | None
    apart: bool
    total: int
    plans: list[PlanCounts]
    groups: list[FindingGroup]
    by_id: dict[str, records.Plan]
    origins: Origins
    warnings: list[Warned]
    downloads: dict[Language, Offered]


class CompareConcept(TypedDict):
    """A row of the matrix: `cells` in the order of the regions."""

    concept: Concept
    theme: records.Theme
    cells: list[list[PromiseRow]]


class RegionGroup(TypedDict):
    """The regions that share a matrix, which is called by the `region` above them."""

    region: records.Region
    regions: list[records.Region]


class ThemePart(TypedDict):
    """A theme whose matrix is a page of its own: how many `concepts` it has, and how many that two regions share."""

    theme: records.Theme
    shared: int
    concepts: int


class Compare(TypedDict):
    """A matrix of concepts and `regions`, of all or of those below one `region`, of all themes or one `theme`; or,
    where they are too many for one, the `groups` of regions or the `parts` by theme.

    `shared`: the concepts that two of the regions or more promise; `single`: those of one, by theme; `themes`: of all
    of them; `tables`: by language, to take away.
    """

    region: records.Region | None
    theme: records.Theme | None
    groups: list[RegionGroup]
    parts: list[ThemePart]
    regions: list[records.Region]
    shared: list[CompareConcept]
    single: dict[records.Theme, list[CompareConcept]]
    themes: list[records.Theme]
    years: list[int]
    tables: dict[Language, list[Offered]]


class DueRow(TypedDict):
    """What is due, with the units that a list shows of it and how many `others` there are; `verdict`: of a target;
    `report`: the newest report of it."""

    due: Due
    shown: list[Responsibility]
    others: int
    verdict: Verdict | None
    report: Update | None


class Group(TypedDict):
    """The rows of one plan that are due in a year. `path`: the page that has them, where it is another one."""

    plan: records.Plan
    rows: list[DueRow]
    count: int
    path: str


class YearCount(TypedDict):
    """How many rows are due in a year; `past` as of the date of the data."""

    year: int
    past: bool
    total: int


class PlanYears(TypedDict):
    """How many rows of a plan are due in each of the page's years."""

    plan: records.Plan
    by_year: list[int]


class RegionYears(TypedDict):
    """The same of all plans in a region."""

    region: records.Region
    by_year: list[int]


class Calendar(TypedDict):
    """What is due when. `plans` or, where they are too many, `parts`; `groups` are those of the `nearest` year to come;
    `undated`: counts by table."""

    years: list[YearCount]
    plans: list[PlanYears]
    parts: list[RegionYears]
    undated: dict[str, int]
    nearest: int | None
    groups: list[Group]
    calendars: dict[str, File]
    told: Told


class Year(TypedDict):
    """What is due in a year, of all plans, of those of one `region` or of one `plan`; where all plans are too many, the
    `parts`. `themes` and `kinds`: what the rows can be filtered by."""

    year: int
    years: list[int]
    past: bool
    region: records.Region | None
    parts: list[RegionPart]
    plan: records.Plan | None
    groups: list[Group]
    total: int
    themes: list[records.Theme]
    kinds: list[Kind]


class Offered(TypedDict):
    """A table in its formats: words, the number of `rows`, `files` by format, its `entry` in the dictionary."""

    name: str
    entry: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    rows: int
    files: dict[str, File]


class Collected(TypedDict):
    """A collection likewise: its `whole` by format, its `tables`, the document as received."""

    name: str
    title_zh: str
    title_en: str
    version: str
    whole: dict[str, File]
    tables: list[Offered]
    rows: int
    source: File | None
    descriptor: File


class PlanFiles(TypedDict):
    """A plan's downloads; `lists`: its workbook for people."""

    plan: records.Plan
    downloads: Collected
    lists: File


class Data(TypedDict):
    """All downloads. `flat` by language, `files` by name; `plans`: none where they are too many, for each has them on
    its own page; `history`: there are pages of what changed; `released`: the versions that have a tag in the
    repository; `dataset`: all data as a schema.org Dataset."""

    flat: dict[Language, list[Offered]]
    plans: list[PlanFiles]
    others: list[Collected]
    everything: Collected
    dictionary: Offered
    files: dict[str, File]
    versions: list[Change]
    history: bool
    released: list[str]
    dataset: Json


class DictionaryEntry(TypedDict):
    """A table or a column of the dictionary; `columns` of a table."""

    table_name: str
    column_name: str
    type: str
    allowed: list[str]
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    columns: list[DictionaryEntry]


class Dictionary(TypedDict):
    """What every column of every table means."""

    tables: list[DictionaryEntry]
    dictionary: Offered


class SqlQuery(TypedDict):
    """A query to start from."""

    name: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    parameters: dict[str, dict[str, str]]
    sql: str


class Sql(TypedDict):
    """SQL in the browser. `settings` are the script's, but for its
    words; `match`: a full-text query as the index takes it; `due`:
    examples of what is given to the query due_in_year."""

    database: File
    queries: list[SqlQuery]
    settings: Json
    match: str
    due: dict[str, str]


class SearchPlace(TypedDict):
    """A place as a search knows it: what it is called in short, all its names, the ids of its plans, and the region
    whose index has them ("": that of all)."""

    name: str
    name_en: str
    names: list[str]
    plans: list[str]
    index: str


class Search(TypedDict):
    """The search page: what a search can be narrowed to. `kinds`: kinds of records, of which there are any; `regions`:
    those whose rows are asked for one by one, where the plans are too many for one index; `places`: those that the
    search can say what their plans do not write; `leads`: by its address, the words that a page answers."""

    kinds: list[str]
    regions: list[records.Region]
    plans: list[records.Plan]
    themes: list[records.Theme]
    places: list[SearchPlace]
    leads: Mapping[str, str]


class Progress(TypedDict):
    """How far the promises of all plans, or of those of one `region`, have come. `plans` or, where they are too many,
    `parts`; `total`, those `due`, those due with a `published` figure, the `verdicts` on what they state; `listed`: the
    first of these by their word; `order`: of the words; `counts`: of "alerts" and of verdicts by their word."""

    region: records.Region | None
    parts: list[RegionTally]
    plans: list[PlanProgress]
    total: int
    due: int
    published: int
    verdicts: int
    listed: dict[str, list[Verdict]]
    order: list[str]
    alerts: list[Alert]
    counts: dict[str, int]
    organizations: list[OrganizationProgress]
    groups: list[str]


class RegionTally(TypedDict):
    """The promises of all plans in a region, counted."""

    region: records.Region
    tally: Tally


class OrganizationProgress(TypedDict):
    """An organization and what it has to answer for."""

    dossier: Dossier
    docket: Docket


class RegionLink(TypedDict):
    """A place with its plans and its promises, counted."""

    region: records.Region
    plans: list[records.Plan]
    tally: Tally


class Regions(TypedDict):
    """The places that have a plan, all or those in one `region`; or, where they are too many, the `parts`."""

    region: records.Region | None
    regions: list[RegionLink]
    parts: list[RegionPart]


class Region(TypedDict):
    """A place: its promises counted and `listed` by verdict, what falls `due` within a year, its newest `figures`, the
    units that lead most, the places `above` and `beside` it; `concepts` and `targets` that the figures are of, by
    id."""

    region: records.Region
    plans: list[records.Plan]
    tally: Tally
    order: list[str]
    listed: dict[str, list[Verdict]]
    due: list[DueRow]
    due_count: int
    leaders: list[Dossier]
    organization_count: int
    figures: list[Observation]
    figure_count: int
    concepts: Mapping[str, Concept]
    targets: Mapping[str, Target]
    above: list[RegionLink]
    beside: list[RegionLink]


class BulletinLink(TypedDict):
    """A month or a quarter with what happened in it."""

    key: str
    bulletin: FoundBulletin


class Bulletins(TypedDict):
    """The months and quarters in which something happened, the newest first."""

    months: list[BulletinLink]
    quarters: list[BulletinLink]


class Bulletin(TypedDict):
    """What happened in a month, or in a `quarter`: then also by theme. `due`: the first of what fell due; `with_figure`
    and `without`: the first changes of a verdict that have one or not; `counts`: of these and of the figures;
    `concepts` and `targets` that the figures are of, by id."""

    key: str
    quarter: bool
    bulletin: FoundBulletin
    themes: dict[records.Theme, FoundBulletin]
    due: list[Due]
    with_figure: list[VerdictChange]
    without: list[VerdictChange]
    figures: list[Observation]
    counts: dict[str, int]
    concepts: Mapping[str, Concept]
    targets: Mapping[str, Target]


class ChangedRow(TypedDict):
    """A change in words. `anchor`: the fragment of its row, "" where that has one above; `place`: page and fragment
    of the row as it is, None where it is gone or has none; `earlier`: the page that tells of the change before."""

    entry: Entry
    anchor: str
    place: tuple[str, str] | None
    earlier: str


class ChangesOfPackage(TypedDict):
    """What a day changed in a package; `plan` where it is one that is there."""

    package: str
    plan: records.Plan | None
    rows: list[ChangedRow]


class ChangedDay(TypedDict):
    """What a day changed, by package; `counts` by kind; `release`: the version that has it, "" where none does yet."""

    day: str
    release: str
    counts: dict[str, int]
    packages: list[ChangesOfPackage]


class ChangedMonth(TypedDict):
    """What a month changed: the page `number` of those at `paths`."""

    month: str
    number: int
    paths: list[str]
    days: list[ChangedDay]


class MonthOfChanges(TypedDict):
    """A month in short: how many changes by kind, its releases, and the first `rows` of its `total`."""

    month: str
    path: str
    releases: list[str]
    counts: dict[str, int]
    rows: list[ChangedRow]
    total: int


class Changes(TypedDict):
    """The months that changed the data, the newest first."""

    months: list[MonthOfChanges]


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
    "home": Home,
    "plans": Plans,
    "plan": Plan,
    "targets": Targets,
    "tasks": Tasks,
    "projects": Projects,
    "responsibilities": Responsibilities,
    "text": Text,
    "indicators": Indicators,
    "indicator": Indicator,
    "calendar": Calendar,
    "year": Year,
    "organizations": Organizations,
    "organization": OrganizationPage,
    "themes": Themes,
    "theme": Theme,
    "findings": Findings,
    "data": Data,
    "dictionary": Dictionary,
    "sql": Sql,
    "search": Search,
    "changes": Changes,
    "month": ChangedMonth,
    "progress": Progress,
    "regions": Regions,
    "region": Region,
    "bulletins": Bulletins,
    "bulletin": Bulletin,
    "about": About,
    "method": Method,
    "contribute": Contribute,
}
"""Each template of templates/pages/ and its context."""
