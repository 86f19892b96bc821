"""Does a row read its sentence as anybody would? Task, words, measure, stage, concept, kinds and reasons.

Comes in: a plan and the registry. Goes out: rows whose codes or words the sentence contradicts. Apart from `wording`,
which weighs a comparator: here stand the weaker proofs, words that have to be there for a code to hold.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once_a_world
from openplans.rules.lead import starts_of_parts
from openplans.rules.provenance import squeezed
from openplans.text.folding import CELL, folded

# --- Which task -----------------------------------------------------------------------------------


def task_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A target or project belongs to the task in whose part of the document its sentence stands, if it stands in
    one.
    """
    for table in ("targets", "projects"):
        for row in plan[table]:
            meant = task_of(plan, row)
            if row["task_id"] != meant:
                facts = {"task": row["task_id"] or "-", "meant": meant or "-", "clause": row["clause_id"]}
                yield at(plan.tables[table], row, "task_id", **facts)


def task_of(plan: Package, row: Row) -> str:
    """The task of a sentence: the part of the clause it stands in, the clause's own, or that of the nearest clause
    above.
    """
    clauses, tasks = plan.by_id("clauses"), plan.first_of("tasks", "clause_id")
    clause_id, seen = row["clause_id"], set()
    if clause_id in clauses:
        place = squeezed(clauses[clause_id]["text"]).find(squeezed(row["quote"]))
        begun = {start: task for start, task in starts_of_parts(plan, clause_id).items() if 0 <= start <= place}
        if begun:
            return begun[max(begun)]
    while clause_id in clauses and clause_id not in seen:
        if clause_id in tasks:
            return str(tasks[clause_id]["task_id"])
        seen.add(clause_id)
        clause_id = clauses[clause_id]["parent_id"]
    return ""


# --- Measure and stage ----------------------------------------------------------------------------

_RATIO = re.compile(r"比值|之比|倍|指数")
_GROWTH = re.compile(r"增长|增速|增幅|涨幅|提高幅度|增长幅度|翻.?番|年均提高|投入(?!.*(?:比|强度|率))")
_CHANGE = re.compile(r"提高|提升|增加|下降|降低|减少|缩小|高出|高于")
"""Words of a change, which make a growth of what is counted in percentage points, and may of a %."""
_TOTAL = re.compile(r"累计|总数")
_NUMBER = re.compile(r" ?[≥≤<>约]?\d[\d.,]*%? ?")
_IN_BRACKETS = re.compile(r"[\[［【〔][-－−]?[\d.]+[\]］】〕]?$")
"""How a cell prints the sum over all years: [22.3]."""
_DOUBLES = re.compile(r"翻[^,，。;；]?番[^,，。;；\d]{0,4}$")
_SERIAL = re.compile("序 ?号")
"""How the head of a table begins."""
_STAGES = {
    "plan": ("谋划推进", "谋划", "规划建设", "研究", "前期"),
    "start": ("开工建设", "开工", "启动", "动工"),
    "complete": (
        "完成",
        "完工",
        "建成通车",
        "建成",
        "建设投用",
        "投用",
        "投运",
        "创成",
        "竣工",
        "通车",
        "通水",
        "通航",
    ),
    "continue": (
        "续建",
        "推进",
        "加快建设",
        "加快",
        "提速建设",
        "培育建设",
        "建设",
        "打造",
        "提升",
        "迭代升级",
        "迭代",
        "积极参与",
        "支持",
        "串联",
        "迁建",
        "聚焦",
        "构建",
    ),
}
"""By stage, the words that say it; the one nearest before the name decides."""


def measure_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The words decide the measure: 累计 is a total, 增长 a
    growth, another % a share; the rest is a count or a level."""
    for row in plan["targets"]:
        meant = measures(row)
        if row["measure"] not in meant:
            yield at(plan.tables["targets"], row, "measure", measure=row["measure"], meant="/".join(sorted(meant)))


def measures(row: Row) -> set[str]:
    """The measures that the words of a target admit."""
    if _IN_BRACKETS.search(row["quote"]):
        return {"cumulative"}
    if row["unit"] == "个百分点" or (row["unit"] == "%" and _CHANGE.search(row["indicator"])):
        return {"growth", "share"}
    if row["unit"] in ("%", "倍") and _DOUBLES.search(row["quote"]):
        return {"growth"}
    if row["unit"] in ("成", "‰"):
        return {"share", "growth"}
    if _CHANGE.search(row["indicator"][-8:]) and row["indicator"].endswith(tuple(_CHANGE.pattern.split("|"))):
        return {"growth", "count", "level"}
    if _GROWTH.search(row["indicator"]) and (row["unit"] in ("%", "个百分点") or row["comparator"] == "relative"):
        return {"growth"}
    if row["unit"] in ("%", "个百分点"):
        return {"level"} if _RATIO.search(row["indicator"]) else {"share"}
    if row["comparator"] == "relative":
        return {"share"} if re.search(r"率|比例|占比", row["indicator"]) else {"level", "count"}
    if _TOTAL.search(row["indicator"] + folded(row["quote"]).rsplit(",", 1)[-1]):
        return {"cumulative"}
    if _TOTAL.search(row["quote"] + row["note"]):
        return {"cumulative", "level", "count"}
    return {"count", "level"}  # which of the two, the basis decides: what is counted is made `in` a period


def stage_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The stage of a project is what the word before its name says: 谋划, 开工, 推进, 建成."""
    for row in plan["projects"]:
        meant = _stage(plan, row)
        if meant and row["stage"] != meant:
            yield at(plan.tables["projects"], row, "stage", stage=row["stage"], meant=meant, quote=row["quote"])


def _stage(plan: Package, row: Row) -> str:
    """The stage of the word behind the name, else of the nearest before it; "" where the sentence has none of them."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    text = clause["text"] if clause else row["quote"]
    start = text.find(row["quote"])
    name = next((row["quote"].find(row["name"][:size]) for size in (4, 3, 2) if row["name"][:size] in row["quote"]), 0)
    behind = row["quote"][name + len(row["name"]) :]
    for kind in ("complete", "start"):
        if any(word in behind for word in _STAGES[kind]):  # 公路6月底前竣工通车
            return kind
    sentence = re.split(r"[。;]", text[: start + name])[-1]
    best, stage = (-1, 0), ""
    for kind, words in _STAGES.items():
        for word in words:
            for found in re.finditer(f"{word}(?![、,和])", sentence):  # 建设、 ends a name, it is no verb
                if (found.end(), len(word)) > best:
                    best, stage = (found.end(), len(word)), kind
    return stage


# --- Words and concepts ---------------------------------------------------------------------------

_MARKS = re.compile(r"[^\w%]|_")
_OWN_REMARK = re.compile(r"\([^()]*原文[^()]*\)")
_STATISTICAL = re.compile(
    r"(?:的|村|占比|比例|比重|人数|增幅|幅度|面积|里程|长度|每户|项目|应用|镇|宗|数|率|速|比|对|到|获)*"
)
"""What a reader may add to the document's words to make the name of an indicator of them."""
_LEFT_OUT = set("全零应新的等和、")
"""Single letters that such a name may leave out: 全覆盖 becomes 覆盖率."""
_KINDS = {
    "growth": re.compile(r"增速|增长率"),
    "stock": re.compile(r"累计|截至期末"),
    "flow": re.compile(r"新增|当期|所写时期内"),
}
"""What a concept's name and definition say it is; most say none of it."""
_MEASURES_OF = {"growth": ("growth", ""), "stock": ("cumulative", "level", "share", ""), "flow": ("count", "")}
_CHECKED_WORDS = {"targets": ("indicator", "scope"), "baselines": ("indicator",), "projects": ("name",)}


def words_not_in_clause(world: World, plan: Package) -> Iterator[Hit]:
    """An indicator, a scope, a project's name is made of the words of its clause and of the headings above it, none
    lost.
    """
    texts: dict[str, str] = {}
    for table, columns in _CHECKED_WORDS.items():
        for row in plan[table]:
            if row["clause_id"] not in texts:
                texts[row["clause_id"]] = folded(_text_and_above(plan, row["clause_id"]))
            for column in columns:
                if foreign := foreign_letters(folded(row[column]), texts[row["clause_id"]]):
                    facts = {"words": row[column], "foreign": foreign, "clause": row["clause_id"]}
                    yield at(plan.tables[table], row, column, **facts)


def foreign_letters(words: str, text: str) -> str:
    """The letters of `words` that are in no pair of neighbours that `text` has, or that stand beside a letter lost."""
    for piece in _MARKS.split(_OWN_REMARK.sub("", words)):
        pairs = [piece[place : place + 2] for place in range(len(piece) - 1)]
        known = [pair in text for pair in pairs]
        covered = {place for place, there in enumerate(known) if there for place in (place, place + 1)}
        for run in _runs(place for place in range(len(piece)) if place not in covered):
            left = piece[run[0] : run[-1] + 1]
            if not _STATISTICAL.fullmatch(left) and not (len(piece) == 1 and piece in text):
                return left
        for place, there in enumerate(known):
            if not there and {place, place + 1} <= covered and _one_lost(pairs[place], text):
                return pairs[place]
    return ""


def _one_lost(pair: str, text: str) -> bool:
    """Whether a text has a letter between two that stand together here."""
    lost = re.search(f"{re.escape(pair[0])}(\\D){re.escape(pair[1])}", text)
    return lost is not None and lost.group(1) not in _LEFT_OUT


def _runs(places: Iterator[int]) -> Iterator[list[int]]:
    """Numbers in order, cut where one is missing."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _text_and_above(plan: Package, clause_id: str) -> str:
    """The letters of a clause, of the headings above it, and of a row's head."""
    clauses = plan.by_id("clauses")
    texts: list[str] = []
    if clause_id in clauses and CELL in clauses[clause_id]["text"]:
        beside = [row for row in plan["clauses"] if row["parent_id"] == clauses[clause_id]["parent_id"]]
        rows = [row["text"] for row in beside if CELL in row["text"]]
        texts += [
            _MARKS.sub("", text)
            for text in [each for each in rows if _SERIAL.match(each)] or _heads(rows, clauses[clause_id]["text"])
        ]
    while clause_id in clauses and len(texts) < len(clauses):
        texts.append(_MARKS.sub("", clauses[clause_id]["text"]))
        clause_id = clauses[clause_id]["parent_id"]
    return " ".join(texts)


def _heads(rows: list[str], text: str) -> list[str]:
    """The first row of a table where no cell of it is a number, and so is the head of a row with several."""
    numbers = [sum(bool(_NUMBER.fullmatch(folded(cell))) for cell in row.split(CELL)) for row in (*rows[:1], text)]
    return rows[:1] if numbers[0] == 0 and numbers[-1] > 1 else []


def concept_differs(world: World, plan: Package) -> Iterator[Hit]:
    """Of the concepts of its unit and kind, a row has the one that shares most words with its indicator; two alike
    have one.
    """
    for table in ("targets", "baselines"):
        for row in plan[table]:
            better = nearer(world, row)
            if better is not None:
                facts = {"concept": row["concept_id"] or "-", "nearer": better or "-", "indicator": row["indicator"]}
                yield at(plan.tables[table], row, "concept_id", **facts)


def nearer(world: World, row: Row) -> str | None:
    """The concept that suits a row better than its own: "" for none at all, None where its own is right."""
    own = row["concept_id"]
    if own in world.concepts and _elsewhere(world, row):  # another dimension is another rule's
        return None
    usual = _usual_concepts(world).get(_alike(row), own)
    if own != usual or own not in world.concepts:
        return usual if own != usual else None
    weights = _weights(world)
    shared = {each: _shared(world, row, each, weights) for each in _candidates(world, row)}
    best = max(shared, key=lambda each: (shared[each], each), default="")
    return best if not shared.get(own) or shared[own] < shared[best] else None


def _alike(row: Row) -> tuple[str, ...]:
    """What two rows share that are about the same thing."""
    return tuple(row.get(name, "") for name in ("indicator", "scope", "measure", "unit"))


@once_a_world
def _usual_concepts(world: World) -> dict[tuple[str, ...], str]:
    """The concept that rows about the same thing have most often; "" is one too: no concept fits."""
    found: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for plan in world.project.plans:
        for row in plan.tables["targets"].rows if "targets" in plan.tables else ():
            found[_alike(row)][row["concept_id"]] += 1
    return {alike: concepts.most_common(1)[0][0] for alike, concepts in found.items() if concepts.total() > 1}


def usual_concepts(world: World, plan: Package) -> list[tuple[tuple[str, ...], str]]:
    """The concepts that all plans together give to what this one's rows are about, where several rows are about it."""
    usual = _usual_concepts(world)
    about = {_alike(row) for table in ("targets", "baselines") for row in plan[table]}
    return sorted((alike, usual[alike]) for alike in about & usual.keys())


def _pairs(text: str) -> set[str]:
    letters = _MARKS.sub("", text)
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


@once_a_world
def _pairs_of_concepts(world: World) -> dict[str, set[str]]:
    return {concept_id: _pairs(row["name_zh"]) for concept_id, row in world.concepts.items()}


@once_a_world
def _weights(world: World) -> Counter[str]:
    """In how many concepts' names a pair of letters is: the fewer, the more it says."""
    return Counter(pair for pairs in _pairs_of_concepts(world).values() for pair in pairs)


def _shared(world: World, row: Row, concept_id: str, weights: Counter[str]) -> float:
    """How alike a concept's name and a row's indicator and scope are (Dice's coefficient, rare pairs counting more)."""
    name = _pairs_of_concepts(world)[concept_id]
    words = _pairs(row["indicator"]) | _pairs(row.get("scope", ""))
    whole = sum(1 / (weights[pair] or 1) for each in (name, words) for pair in each)
    return 2 * sum(1 / weights[pair] for pair in name & words) / whole if whole else 0


def _candidates(world: World, row: Row) -> list[str]:
    """The concepts that a row's unit and measure admit: totals, things new in a period, and growth are kept apart."""
    unit, measure, kinds = world.units.get(row["unit"]), row.get("measure", ""), _kinds_of_concepts(world)
    found = []
    for concept_id, concept in world.concepts.items():
        own = world.units.get(concept["unit"])
        kind = kinds[concept_id]
        fits = measure in _MEASURES_OF.get(kind, (measure,)) and (measure != "growth" or kind == "growth")
        if fits and (unit is None or own is None or own["dimension"] == unit["dimension"]):
            found.append(concept_id)
    return found


def _elsewhere(world: World, row: Row) -> bool:
    """Whether a row's unit and its concept's measure different things, which another rule says."""
    own, unit = world.units.get(world.concepts[row["concept_id"]]["unit"]), world.units.get(row["unit"])
    return own is not None and unit is not None and own["dimension"] != unit["dimension"]


@once_a_world
def _kinds_of_concepts(world: World) -> dict[str, str]:
    return {concept_id: _kind_of_concept(concept) for concept_id, concept in world.concepts.items()}


def _kind_of_concept(concept: Row) -> str:
    words = concept["name_zh"] + concept["definition_zh"]
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(words)), "")
