"""The schema's report and the checks -> Problems.

Comes in: a linked project, and what reading it found. Goes out: every Problem, sorted by place, what follows from
another folded into it. The judgement of the schema is worded here; the checks judge what a schema cannot say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from typing import Any

from openplans import rules
from openplans.packages import cells, judgements
from openplans.packages.link import World
from openplans.packages.read import TYPES, Package, Row, Table
from openplans.paths import Paths
from openplans.problems import Problem, problem
from openplans.rules.advice import advised
from openplans.rules.ahead import ahead
from openplans.rules.causes import gathered
from openplans.rules.cell_to_mend import at_its_cell
from openplans.rules.conformance import Violation, conformance
from openplans.rules.exchanged import explained
from openplans.rules.hits import Hit
from openplans.schema import contract, vocabulary
from openplans.schema.shapes import Field

ACCEPTED_SEPARATOR = ":"
_WIDE_COLON = re.compile("((?:^|; )[a-z-]+) ?：")
"""A separator as Chinese keyboards write it, behind the code of a rule."""
SHORTEST_REASON = 4
"""Letters: fewer give no reason."""

_CONSTRAINTS = {"required": "required", "enum": "not-in-list", "pattern": "wrong-form", "minimum": "wrong-form"}
"""The constraints of the contract by the rule that words them."""

_DESCRIPTOR_WORDS = {
    "required": ("缺少这一项", "it is missing"),
    "additionalProperties": ("没有这样的项目名", "there is no such property"),
    "type": ("应当是{kind}", "it has to be {kind}"),
    "minLength": ("是空的", "it is empty"),
    "minItems": ("是空的", "it is empty"),
    "pattern": ("“{value}”写法不对{form}", "“{value}” is not of the required form{form_en}"),
    "format": ("“{value}”不是日历里的一天", "“{value}” is no day of the calendar"),
    "minimum": ("“{value}”太小", "“{value}” is too small"),
}
"""What a keyword of JSON Schema finds wrong, in both languages."""

_KINDS = {
    "string": ("文字，放在半角双引号里", "a text in double quotes"), "integer": ("整数，不加引号", "a whole number"),
    "array": ("清单，放在方括号里", "a list in brackets"), "object": ("几项说明，放在花括号里", "an object in braces"),
}  # fmt: skip
"""What a property may be."""

_ADDRESS = ("，以 https:// 或 http:// 开头", ", which begins with https:// or http://")
"""How an address begins."""


def validate(world: World, read: list[Problem] | None = None, processes: int = 1) -> list[Problem]:
    """Every Problem of the project, those that reading found included; one for each mistake, in order of file and line.
    What the store has no judgement of is judged in so many `processes`.

    Plans that cannot be read are left to `read`.
    """
    project = world.project
    judge_ahead(world, processes)
    found: list[Problem] = [*(read or []), *_of_settings(world)]
    checkable: list[Package] = []
    for package in project.packages:
        of_schema = list(_schema_problems(package, conformance(package, project.paths)))
        if package.sound and not any(each.rule == "bad-descriptor" for each in of_schema):
            checkable.append(package)
        found.extend(of_schema)
    if project.registry not in checkable:
        checkable = []
    found.extend(_project_problems(world, _kept_registry_problems(world)) if checkable else ())
    for package in checkable[1:]:
        found.extend(_kept_content_problems(world, package))
    placed = _placed(found, world)
    left, exchange = explained(placed, world, checkable, partial(_contents, checkable))
    causes = [*gathered(left, world), *([exchange] if exchange else ())]
    return sorted(advised(each, world) for each in causes)


def _project_problems(world: World, kept: Mapping[str, list[Problem]] | None = None) -> Iterator[Problem]:
    """What the checks say of the registry itself; of some it is `kept`."""
    for code, check in rules.PROJECT_CHECKS.items():
        if kept is None or code not in kept:
            yield from (hit.problem(code, package) for package, hit in check(world))
        else:
            yield from kept[code]


def _kept_registry_problems(world: World) -> dict[str, list[Problem]]:
    """What REGISTRY_CHECKS say, by rule; from the store where the registry is the one that was judged."""
    project = world.project
    wanted = judgements.key([project.registry.digest, judgements.code()])
    nothing = Package("observations", project.paths.observations, "")
    alone = replace(world, project=replace(project, observations=nothing, plans=[]))
    checks = {code: rules.PROJECT_CHECKS[code] for code in rules.REGISTRY_CHECKS}
    judged = (hit.problem(code, package) for code, check in checks.items() for package, hit in check(alone))
    found = _kept(project.paths, f"{project.registry.folder.name}.content", wanted, judged)
    return {code: [each for each in found if each.rule == code] for code in rules.REGISTRY_CHECKS}


def _placed(found: list[Problem], world: World) -> list[Problem]:
    return [at_its_cell(each, world) for each in dict.fromkeys(found)]


def _contents(checkable: list[Package], world: World, package: Package) -> list[Problem]:
    """What is said of the contents of a package; of the registry, of all of `checkable` that look into it."""
    if package.kind != "registry":
        return _placed(list(_content_problems(world, package)), world)
    others = [problem for each in checkable[1:] for problem in _content_problems(world, each)]
    return _placed([*_project_problems(world), *others], world)


def _of_settings(world: World) -> Iterator[Problem]:
    """What is wrong with the project's site.toml, and with templates of its own."""
    paths = world.project.paths
    if not (paths.changed_templates or paths.settings.exists() or paths.settings.is_symlink()):
        return
    from openplans.packages.publisher import WrongSettings, publisher  # which needs the templates' catalogues

    try:
        publisher(paths, world.project.registry.descriptor)
    except WrongSettings as wrong:
        yield problem("bad-settings", wrong.file, wrong.line, detail=wrong.zh, detail_en=wrong.en)


def judge_ahead(world: World, processes: int) -> None:
    """Put into the store what is said of each plan that it has no judgement of."""
    project = world.project
    if processes == 1 or not project.registry.sound:
        return
    plans = [each for each in project.plans if each.sound]
    waiting = [each for each in plans if judgements.load(project.paths, *_content_key(world, each)) is None]

    def judge(package: Package) -> None:
        conformance(package, project.paths)
        _kept_content_problems(world, package)

    ahead(judge, waiting, processes)


def can_be_joined(world: World) -> bool:
    """Whether facts can be made of a project that can be read: no rule is broken that no row may set aside. Asked of
    what is not checked, as the past is."""
    project = world.project
    checks = {**rules.PLAN_CHECKS, **rules.OBSERVATION_CHECKS, **rules.KEY_CHECKS}
    hits = (
        hit
        for code in rules.NEVER_ACCEPTED & checks.keys()
        for package in (project.plans if code in rules.PLAN_CHECKS else [project.observations])
        for hit in checks[code](world, package)
    )
    of_all = (
        hit for code in rules.NEVER_ACCEPTED & rules.PROJECT_CHECKS.keys() for hit in rules.PROJECT_CHECKS[code](world)
    )
    return next(hits, None) is None and next(of_all, None) is None


def _schema_problems(package: Package, found: list[Violation]) -> Iterator[Problem]:
    """The judgement of the schema in words; a property has one."""
    lacking = [each.column for each in found if not each.table and each.kind == "required"]
    misspelt = {violation.column: meant for violation in found if (meant := _misspelt(violation, lacking))}
    said: set[str] = set(misspelt.values())
    for violation in found:
        if violation.table:
            yield from _of_cell(violation, package.tables[violation.table], package)
        elif violation.column not in said:
            said.add(violation.column)
            zh, en = _of_property(violation, misspelt, package)
            field = violation.column or "datapackage"
            line = package.line_of(field)
            yield problem("bad-descriptor", package.file, line, field=field, detail=zh, detail_en=en)
    if package.descriptor:
        yield from (each for each in _descriptor_texts(package) if each.field not in said)
        if package.descriptor.get("resources") != list(contract.resources(package.kind)):
            line = package.line_of("resources")
            yield problem("schema-differs", package.file, line, field="resources", kind=package.kind)


def _of_property(violation: Violation, misspelt: dict[str, str], package: Package) -> tuple[str, str]:
    """What is wrong with a property, in both languages."""
    if meant := misspelt.get(violation.column):
        return f"应当写作“{meant}”", f"it is written “{meant}”"
    zh, en = _DESCRIPTOR_WORDS.get(violation.kind, ("值不对", "its value is wrong"))
    known = contract.descriptor_schema(package.kind)["properties"].get(violation.column, {})
    kind = _KINDS.get(str(known.get("type")), ("另一种值", "of another kind"))
    form, form_en = _ADDRESS if str(known.get("pattern", "")).startswith("^https?") else ("", "")
    facts = {"value": violation.value, "form": form, "form_en": form_en}
    return zh.format(kind=kind[0], **facts), en.format(kind=kind[1], **facts)


def _misspelt(violation: Violation, lacking: list[str]) -> str:
    """The property that is lacking where one of nearly its name, which there is not, stands; "" for all else."""
    if violation.table or violation.kind != "additionalProperties":
        return ""
    by_letters = {name.lower(): name for name in lacking}
    return next((by_letters[each] for each in get_close_matches(violation.column.lower(), by_letters, n=1)), "")


def _descriptor_texts(package: Package) -> Iterator[Problem]:
    """What is wrong with the texts and dates of a descriptor by their form, as with those of a table."""
    properties = contract.descriptor_schema(package.kind)["properties"]
    for name, text in _texts(package.descriptor):
        form = properties.get(name, {}).get("format")
        if wrong := cells.wrong(text, {"name": name, "type": "string"}):
            yield problem(wrong[0], package.file, package.line_of(name), field=name, **wrong[1])
        elif cells.no_day(text, {"name": name, "type": "date" if form == "date" else "string"}):
            facts: dict[str, Any] = {"value": text, "first": cells.YEARS[0], "last": cells.YEARS[1]}
            yield problem("no-such-day", package.file, package.line_of(name), field=name, **facts)


def _texts(descriptor: dict[str, object]) -> Iterator[tuple[str, str]]:
    """(property, a text in it); the contract's resources and the verbatim boilerplate apart."""
    for name, value in descriptor.items():
        waiting = [] if name in ("resources", "boilerplate") else [value]
        while waiting:
            each = waiting.pop()
            if isinstance(each, str):
                yield name, each
            elif isinstance(each, dict | list):
                waiting.extend(each.values() if isinstance(each, dict) else each)


def _of_cell(violation: Violation, table: Table, package: Package) -> Iterator[Problem]:
    resource = contract.tables(package.kind)[violation.table]
    row, fields = table.rows[violation.row], contract.fields(resource)
    if violation.kind == "primary-key":
        key = resource["schema"]["primaryKey"]
        if all(row[name] for name in key):  # an empty part is said to be required: merged cells leave many
            yield _twice(table, violation.row, key)
        return
    field = fields[violation.column]
    place = (table.file, row.line, table.columns.index(violation.column) + 1, violation.column)
    if violation.kind == "foreign-key":
        keys = {key["fields"][0]: key["reference"]["resource"] for key in resource["schema"]["foreignKeys"]}
        yield problem("broken-reference", *place, value=violation.value, to=keys[violation.column] or table.name)
    elif violation.kind == "type":
        known = cells.ill_formed(violation.value, field) or cells.no_day(violation.value, field)
        if not known:  # else `read` said so
            yield problem("wrong-type", *place, value=violation.value, type=field["type"], meant=TYPES[field["type"]])
    elif not (violation.kind == "pattern" and cells.no_day(violation.value, field)):
        yield problem(_CONSTRAINTS[violation.kind], *place, value=violation.value, **_meaning(field))


def _meaning(field: Field) -> dict[str, Any]:
    """What a cell of this field may be, in words."""
    words = {value: code.name_zh for value, code in vocabulary.of_field(field).items()}
    address = field["constraints"].get("pattern", "").startswith("https?")
    form = _ADDRESS if address else ("", "")
    return {
        "allowed": "、".join(f"{code}（{word}）" if word else code for code, word in words.items()),
        "allowed_en": ", ".join(words),
        "meaning_zh": (field.get("description") or field["title"]) + form[0],
        "meaning_en": (field.get("description_en") or field["title_en"]) + form[1],
    }


def _twice(table: Table, number: int, key: list[str]) -> Problem:
    """The Problem of a row whose key an earlier row has."""
    row = table.rows[number]
    cells_ = [row[name] for name in key]
    first = next(each.line for each in table.rows if [each[name] for name in key] == cells_)
    column = table.columns.index(key[-1]) + 1
    facts = {"value": ", ".join(map(str, cells_)), "first": first, "columns": ", ".join(key)}
    return problem("duplicate-row" if len(key) > 1 else "duplicate-key", table.file, row.line, column, key[-1], **facts)


def _kept_content_problems(world: World, package: Package) -> list[Problem]:
    """What the checks say of one package; from the store where neither a plan, nor the registry, nor what its checks
    see of other plans changed since it was judged. Actual figures are judged by the targets of all plans: always anew.
    """
    if package.kind != "plan":
        return list(_content_problems(world, package))
    return _kept(world.project.paths, *_content_key(world, package), _content_problems(world, package))


def _kept(paths: Paths, name: str, wanted: str, judged: Iterable[Problem]) -> list[Problem]:
    """What the store has by this name under this key; else what is `judged` now, which it keeps."""
    known = judgements.load(paths, name, wanted)
    if known is not None:
        return [Problem.of(each) for each in known]
    found = list(judged)
    if all(
        isinstance(value, str | int) for each in found for value in each.facts.values()
    ):  # else JSON would change it
        judgements.store(paths, name, wanted, [each.plain() for each in found])
    return found


def _content_key(world: World, package: Package) -> tuple[str, str]:
    """The name under which the store has what the checks say of a plan, and the hash of all that it depends on."""
    seen = [check(world, package) for check in rules.SEEN_OF_OTHERS]
    wanted = judgements.key([package.digest, world.project.registry.digest, seen, judgements.code()])
    return f"{package.folder.name}.content", wanted


def _content_problems(world: World, package: Package) -> Iterator[Problem]:
    """What the checks say of one package, less what its rows have `accepted` with a reason."""
    own = rules.PLAN_CHECKS if package.kind == "plan" else rules.OBSERVATION_CHECKS
    table = {**own, **rules.KEY_CHECKS}
    needed: set[tuple[int, str]] = set()
    aside = {(each["row"], each["rule"]) for each in package.descriptor.get("accepted", ())}
    met: set[tuple[str, str]] = set()
    for code, check in table.items():
        for hit in check(world, package):
            if hit.row is not None and code in accepted(hit.row) and code not in rules.NEVER_ACCEPTED:
                needed.add((id(hit.row), code))
            elif (hit.key, code) in aside and code not in rules.NEVER_ACCEPTED:
                met.add((hit.key, code))
            else:
                yield hit.problem(code, package)
    yield from _needless(package, table, needed)
    for row, code in sorted(aside - met):
        rule = "accepted-needless" if _can_be_set_aside(code, table) else "accepted-unexplained"
        yield Hit(None, None, "accepted", {"accepted": f"{row} {code}"}).problem(rule, package)


def accepted(row: Row) -> dict[str, str]:
    """The rules that a row sets aside, each with its reason: "code: reason", several parted by "; "."""
    said = _WIDE_COLON.sub(rf"\1{ACCEPTED_SEPARATOR} ", row.get("accepted", ""))
    pairs = (each.split(ACCEPTED_SEPARATOR, 1) for each in said.split("; ") if each)
    return {pair[0].strip(): pair[-1].strip() for pair in pairs}


def _needless(package: Package, table: Mapping[str, object], needed: set[tuple[int, str]]) -> Iterator[Problem]:
    """An acceptance that names no rule, or gives no reason; and one that sets nothing aside, as after a rule grew
    wiser, which is a warning: nobody's site stops for it.
    """
    for each in package.tables.values():
        for row in each.rows:
            for code, reason in accepted(row).items():
                hit = Hit(each, row, "accepted", {"accepted": code})
                if not _can_be_set_aside(code, table) or len(reason) < SHORTEST_REASON or reason == code:
                    yield hit.problem("accepted-unexplained", package)
                elif (id(row), code) not in needed:
                    yield hit.problem("accepted-needless", package)


def _can_be_set_aside(code: str, table: Mapping[str, object]) -> bool:
    return code in table and code not in rules.NEVER_ACCEPTED
