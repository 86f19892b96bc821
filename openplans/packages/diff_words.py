"""A difference in words: "农创客累计培育 2027年目标：1200名 → 1400名".

Comes in: Changes, the names of what they are about, and what followed from them. Goes out: text, Markdown, HTML or
JSON. Apart from `diff`, which decides what changed: here nothing is compared, everything is said, Chinese first.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openplans.packages.diff import DESCRIPTOR, PLAN, CellChange, Change
from openplans.packages.read import Project
from openplans.schema import contract, vocabulary
from openplans.text import amounts

NamesById = dict[str, str]
"""What an id is called, whatever it is of: organizations, concepts, tasks, regions."""

_KINDS = {"added": ("新增", "added"), "removed": ("删去", "removed"), "changed": ("改动", "changed")}
_FIGURE = ("comparator", "value", "value_max", "unit")
"""The columns that are said together, as one figure."""


@dataclass(frozen=True)
class Consequences:
    """What followed: rows before and after, by table; ids of the findings that appeared or went; comparisons that
    turned.
    """

    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    turned: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Difference:
    """A difference to be said: the changes, the names of what they are about, and what followed."""

    changes: list[Change]
    names: NamesById = field(default_factory=dict)
    follows: Consequences = field(default_factory=Consequences)


def names(project: Project) -> NamesById:
    """What ids are called: regions, organizations, themes, concepts and tasks."""
    found: NamesById = {}
    for table in ("regions", "organizations", "themes", "concepts"):
        if table in project.registry.tables:
            key = project.registry.tables[table].columns[0]
            found |= {row[key]: row["name_zh"] for row in project.registry[table]}
    for plan in project.plans:
        found |= {row["task_id"]: row["title"] for row in plan.tables["tasks"].rows} if "tasks" in plan.tables else {}
    return found


# --- One change -----------------------------------------------------------------------------------


def subject(change: Change, names: NamesById) -> tuple[str, str]:
    """What a row is about, in Chinese and in English words around the document's own."""
    row = change.row
    year = row.get("period_end") or row.get("period", "")
    about: dict[str, Callable[[], tuple[str, str]]] = {
        "targets": lambda: (f"{row['indicator']} {year}年目标", f"Target {row['indicator']}, {year}"),
        "baselines": lambda: (f"{row['indicator']} {year}年已有数据", f"Actual figure {row['indicator']}, {year}"),
        "observations": lambda: (
            f"{names.get(row['region_code'], row['region_code'])} {_named(row, names)} {year} 实际数",
            f"Actual figure {_named(row, names)}, {row['region_code']}, {year}",
        ),
        "tasks": lambda: (f"任务“{row['title']}”", f"Task {row['title']}"),
        "projects": lambda: (f"项目“{row['name']}”", f"Project {row['name']}"),
        "responsibilities": lambda: (
            f"任务“{names.get(row['task_id'], row['task_id'])}”的单位“{row['name_in_source']}”",
            f"Unit {row['name_in_source']} of task {row['task_id']}",
        ),
        "updates": lambda: (f"进展“{row['statement'][:20]}”", f"Progress {row['statement'][:20]}"),
        "retired": lambda: (f"停用的编号 {row['id']}", f"Retired id {row['id']}"),
        "aliases": lambda: (
            f"别名“{row['alias']}”，指“{names.get(row['id'], row['id'])}”",
            f"Alias {row['alias']} of {names.get(row['id'], row['id'])}",
        ),
        DESCRIPTOR: lambda: ("说明文件", "Descriptor"),
        PLAN: lambda: (
            f"计划“{row.get('title_zh') or row.get('title', change.id)}”",
            f"Plan {row.get('title_en', change.id)}",
        ),
    }
    if change.table in about:
        return about[change.table]()
    resource = contract.tables(change.kind_of_package)[change.table]
    name = next(
        (
            str(row[each])[:24]
            for each in ("name_zh", "term", "name", "quote", "title", "text", "unit")
            if row.get(each)
        ),
        "",
    )
    return f"{resource['title']} {name or change.id}", f"{resource['title_en']} {name or change.id}"


def _named(row: dict[str, Any], names: NamesById) -> str:
    concept = row.get("concept_id") or row.get("target_id") or ""
    return names.get(concept, concept)


def said(change: Change, names: NamesById) -> tuple[str, str]:
    """A change in one line of Chinese and one of English."""
    zh, en = subject(change, names)
    if change.kind != "changed":
        word_zh, word_en = _KINDS[change.kind]
        figure = _figure(change.row)
        return f"{word_zh} {zh}{figure and f'：{figure}'}", f"{word_en}: {en}{figure and f': {figure}'}"
    found = list(parts(change, names))
    in_zh = (f"{each.title_zh} {each.old_zh or '（空）'} → {each.new_zh or '（空）'}".lstrip() for each in found)
    in_en = (f"{each.title_en} {each.old or '(empty)'} → {each.new or '(empty)'}".lstrip() for each in found)
    return f"{zh}：{'；'.join(in_zh)}", f"{en}: {'; '.join(in_en)}"


@dataclass(frozen=True)
class WordedCell:
    """A part of a row that changed: what it is called, what stood there, what stands there; "" is empty. `old_zh` and
    `new_zh` are the Chinese words where a code or an id stands."""

    title_zh: str
    title_en: str
    old: str
    new: str
    old_zh: str
    new_zh: str


def parts(change: Change, names: NamesById) -> Iterator[WordedCell]:
    """What changed in a row, and of a row that came or went its figure; the columns of a figure are one part."""
    if change.kind != "changed":
        if figure := _figure(change.row):
            old, new = (figure, "") if change.kind == "removed" else ("", figure)
            yield WordedCell("", "", old, new, old, new)
        return
    figure_cells = [each for each in change.cells if each.column in _FIGURE] if "value" in change.row else []
    if figure_cells:
        before = {**change.row, **{each.column: each.old for each in figure_cells}}
        old, new = _figure(before), _figure(change.row)
        yield WordedCell("", "", old, new, old, new)
    for each in change.cells:
        if each not in figure_cells:
            known = _words(change, each.column, names)
            old, new = _shown(each.old), _shown(each.new)
            yield WordedCell(*_titles(change, each), old, new, known.get(old, old), known.get(new, new))


def _words(change: Change, column: str, names: NamesById) -> NamesById:
    """What the codes or ids of a column are called; nothing where it holds neither."""
    if change.table == DESCRIPTOR:
        return names if column == "region_code" else {}
    field = contract.fields(contract.tables(change.kind_of_package)[change.table]).get(column)
    if field and (codes := vocabulary.of_field(field)):
        return {code: each.name_zh for code, each in codes.items()}
    return names if column.endswith(("_id", "_code")) else {}


def _titles(change: Change, cell: CellChange) -> tuple[str, str]:
    """What a column is called."""
    if change.table == DESCRIPTOR:
        known = contract.descriptor_schema(change.kind_of_package)["properties"].get(cell.column, {})
        return known.get("title", cell.column), cell.column
    field = contract.fields(contract.tables(change.kind_of_package)[change.table]).get(cell.column)
    return (field["title"], field["title_en"]) if field else (cell.column, cell.column)


def _figure(row: dict[str, Any]) -> str:
    """The figure of a row as it is read: ≥90%, 3—5个; "" where it has none."""
    value = _shown(row.get("value"))
    upper = f"—{_shown(row['value_max'])}" if row.get("value_max") is not None else ""
    sign = amounts.sign("zh", row.get("comparator", ""))
    return f"{sign}{value}{upper}{row.get('unit') or ''}" if value else ""


def _shown(value: Any) -> str:
    """A cell as text, "" where it is empty; a long one is cut."""
    if value is None:
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


# --- All changes ----------------------------------------------------------------------------------


def counted(changes: list[Change]) -> tuple[str, str]:
    """How many rows came, went and changed."""
    found = Counter(each.kind for each in changes)
    parts = [(kind, found[kind]) for kind in ("added", "removed", "changed") if found[kind]]
    zh = "，".join(f"{_KINDS[kind][0]} {count} 行" for kind, count in parts)
    en = ", ".join(f"{count} {_KINDS[kind][1]}" for kind, count in parts)
    return (f"{zh}。", f"{en}.") if parts else ("数据没有改动。", "The data is unchanged.")


def _following(difference: Difference) -> Iterator[tuple[str, str]]:
    """What followed, a line each in both languages."""
    follows = difference.follows
    for table, (before, after) in follows.rows.items():
        yield f"{table}：{before} 行 → {after} 行", f"{table}: {before} rows → {after}"
    for each in follows.appeared:
        yield f"新出现的矛盾：{each}", f"A contradiction appeared: {each}"
    for each in follows.gone:
        yield f"不再有的矛盾：{each}", f"A contradiction is gone: {each}"
    for target, old, new in follows.turned:
        yield f"与上级的比较变了：{target} {old} → {new}", f"Its comparison turned: {target} {old} → {new}"


def _by_package(changes: list[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for each in changes:
        found.setdefault(each.package, []).append(each)
    return found


def text(difference: Difference) -> str:
    """For a terminal."""
    lines = [" ".join(counted(difference.changes))]
    for package, changes in _by_package(difference.changes).items():
        lines += ["", package]
        for each in changes:
            zh, en = said(each, difference.names)
            lines += [f"  {zh}  [{each.id}]", f"    {en}"]
    if following := list(_following(difference)):
        lines += ["", "由此 What follows:", *(f"  {zh}  {en}" for zh, en in following)]
    return "\n".join(lines) + "\n"


def markdown(difference: Difference) -> str:
    """For a pull request; what comes from the data is escaped, so that it stays text."""
    zh, en = counted(difference.changes)
    lines = [f"### 数据的改动 What changed\n\n{zh} {en}"]
    for package, changes in _by_package(difference.changes).items():
        lines.append(f"\n**{_escaped(package)}**\n")
        for each in changes:
            zh, en = said(each, difference.names)
            lines.append(f"- {_escaped(zh)} ({_escaped(each.id)})<br>{_escaped(en)}")
    if following := list(_following(difference)):
        lines.append("\n由此 What follows:\n")
        lines += [f"- {_escaped(zh)}<br>{_escaped(en)}" for zh, en in following]
    return "\n".join(lines) + "\n"


def _escaped(words: str) -> str:
    """Words of the data as text of Markdown: nothing in them is a tag, a link, a name to call or a table."""
    plain = html.escape(words, quote=False)
    return "".join(f"\\{each}" if each in "\\`*_{}[]#|~!" else each for each in plain).replace("@", "@\u200b")


def page(difference: Difference) -> str:
    """A page of HTML that needs nothing else."""
    zh, en = counted(difference.changes)
    parts = [f"<h1>数据的改动 What changed</h1>\n<p>{zh} {en}</p>"]
    for package, changes in _by_package(difference.changes).items():
        parts.append(f"<h2>{html.escape(package)}</h2>\n<ul>")
        for each in changes:
            words = said(each, difference.names)
            zh, en = (html.escape(one) for one in words)
            parts.append(f'<li id="{html.escape(each.id)}"><p>{zh}</p>\n<p lang="en">{en}</p></li>')
        parts.append("</ul>")
    if following := list(_following(difference)):
        parts.append("<h2>由此 What follows</h2>\n<ul>")
        parts += [f'<li><p>{html.escape(zh)}</p>\n<p lang="en">{html.escape(en)}</p></li>' for zh, en in following]
        parts.append("</ul>")
    head = (
        '<!doctype html>\n<html lang="zh">\n<head><meta charset="utf-8"><title>数据的改动 What changed</title></head>\n'
    )
    return head + "<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"


def as_json(difference: Difference) -> str:
    """For a program: old and new of every cell, the words beside them."""
    changes = [
        {
            "package": each.package, "table": each.table, "id": each.id, "kind": each.kind, "line": each.line,
            "zh": said(each, difference.names)[0], "en": said(each, difference.names)[1],
            "cells": [{"column": cell.column, "old": _plain(cell.old), "new": _plain(cell.new)} for cell in each.cells],
        }
        for each in difference.changes
    ]  # fmt: skip
    follows = difference.follows
    after = {
        "rows": {table: list(counts) for table, counts in follows.rows.items()},
        "findings_appeared": list(follows.appeared), "findings_gone": list(follows.gone),
        "comparisons_turned": [list(each) for each in follows.turned],
    }  # fmt: skip
    return json.dumps({"changes": changes, "follows": after}, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    """A value as JSON has it: a number as printed."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if value != "" else None


FORMATS: dict[str, Callable[[Difference], str]] = {"text": text, "markdown": markdown, "html": page, "json": as_json}
"""By format, how a difference is said."""
