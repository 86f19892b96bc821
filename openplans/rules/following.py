"""What a problem may follow from, and what may follow from it: a table of tags by rule.

Comes in: a Problem, its ties and the Graph. Goes out: Tags, by which causes.py finds the cause among those known. Apart
from it, because here stands what the rules know of each other, and there how causes are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import PurePosixPath

from openplans.problems import Problem
from openplans.rules.ranks import COMPARING, forms
from openplans.rules.ties import Graph, Ties
from openplans.schema import contract

Tag = tuple[str, str]
"""What a problem is the cause of besides its row, and where: ("sorted", file), ("head", folder)."""

LONGEST_UNIT = 4
"""Letters of the longest name of a unit of measure that ends the title of a task."""

_PLAN_FOLDER = re.compile(contract.descriptor_schema("plan")["properties"]["plan_id"]["pattern"])
"""How the folder of a plan is called, wherever it lies: as the contract has it."""

_OF_PERIODS = {
    "period-outside-plan", "period-not-in-source", "period-start-differs", "period-basis-differs", "year-not-explained",
    "note-number-unsaid",
}  # fmt: skip
"""What is judged by the plan's own period."""

_OF_FRONT = {"title-not-in-source", "issuer-not-in-source", "issued-not-in-source", "doc-number-differs"}
"""What is held against the title and the signature, which may not be as printed."""

_OF_THEMES = {"theme-differs", "themes-apart"}
"""What is judged by the names of themes and by the rows that have them."""

_OF_FACTORS = {
    "ten-times-its-series", "ten-times-its-kin", "growth-differs", "observation-dimension", "concept-dimension",
    "restatement-conflict", "restatement-unlinked",
}  # fmt: skip
"""What is judged by amounts in one unit."""

_UNACCOUNTED = {"figure-not-accounted", "promise-not-accounted", "task-missing"}
"""What is said of a clause where the row that accounted for it is gone."""


def may_follow(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """What a problem may follow from by its rule; the nearest cause first."""
    for kind, place, rules in _FOLLOWING:
        if each.rule in rules:
            yield kind, place(each)
    if each.rule in _BY_FACTS:
        yield from _BY_FACTS[each.rule](each, ties, graph)


def _in_file(each: Problem) -> str:
    return each.file


def in_folder(each: Problem) -> str:
    """The folder of a problem's file."""
    return str(PurePosixPath(each.file).parent)


def in_plan(each: Problem) -> str:
    """The name of that folder."""
    return PurePosixPath(each.file).parent.name


def _anywhere(each: Problem) -> str:
    return ""


_FOLLOWING: tuple[tuple[str, Callable[[Problem], str], Set[str]], ...] = (
    ("changed", _in_file, {"id-missing"}),  # the id stands there, as another
    ("deep", _in_file, {"clause-parent-differs", "task-parent-differs", "region-parent-differs"}),
    ("factor", _anywhere, _OF_FACTORS),
    ("sorted", _in_file, {*COMPARING, "accepted-needless", "parent-not-before"}),  # held against the rows before
    ("renamed", _in_file, {"missing-file"}),
    ("source", in_folder, {"text-not-verbatim", "source-changed"}),
    ("page", in_folder, {"published-not-in-source"}),  # by what is said to stand on it besides the document
    ("bare", in_folder, {"missing-file"}),  # of a plan that is laid out by hand, all is missing
    ("theme", _anywhere, {"order-gaps"}),
    ("called", _anywhere, _OF_THEMES),  # a theme has the name of another
    ("filled", in_folder, _OF_THEMES),
    ("twice", _in_file, {"of-next-row"}),  # its ids are those of other rows
    ("garbled", _in_file, {"control-character", "invisible-character"}),
    ("places", _anywhere, {"source-elsewhere", "publisher-elsewhere", "name-of-another-region"}),
    ("titled", in_folder, {"effective-differs"}),  # told by the title
    ("concepts", _anywhere, {"themes-apart"}),  # what a target is about is not known
    ("effective", in_folder, _OF_PERIODS),
    ("front", in_folder, _OF_FRONT),
    ("empty", in_folder, {*_OF_FRONT, *_UNACCOUNTED}),
    ("termed", _anywhere, {"term-missing"}),  # its row of terms.csv is another's, or misspelt
    ("unsaid", _anywhere, {"term-unsaid", "alias-leads-nowhere", "theme-differs"}),  # what spoke of it is gone
    ("head", in_plan, {"unknown-organization-name", "organization-differs", "organization-elsewhere"}),
    ("retired", in_plan, {"id-missing"}),  # its retirement is that of another id
    ("noted", in_folder, {"restatement-conflict"}),  # the note that says so quotes another clause
    ("astray", _in_file, {"source-unused"}),  # the row that is taken from it names another
)
"""By what is said, and where, the rules of what may follow from it."""


def _lost_with_text(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """An id of a clause is missing: its text is, too."""
    if each.field == "clause_id":
        yield "text", in_folder(each)


def _out_of_order(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A row is out of order: it, or the row before it, names a clause elsewhere, or the tasks are out of order."""
    yield "displaced", f"{each.file}:{each.line - 1}"
    yield "displaced", f"{each.file}:{each.line}"
    if each.file.endswith("/responsibilities.csv"):
        yield "sorted", f"{in_folder(each)}/tasks.csv"


def _of_another_text(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A region is called otherwise in the document of a plan: that is another document now; the name of a unit is no
    spelling of it: that leads to another unit.
    """
    yield "document", each.facts["where"]
    yield "spelt", each.facts["value"]


def _text_gone(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """The text of a clause is not the document's: all of it is missing."""
    if each.facts.get("clause") == "-":
        yield "empty", in_folder(each)


def _of_a_plan(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A target of a plan is not there, or elsewhere: the plan itself is not where it should be, or not whole."""
    target = each.facts["value" if each.rule == "unknown-target" else "target"]
    yield from ((kind, target.rpartition("-")[0]) for kind in ("nested", "head", "emptied"))


def _of_a_target(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A figure does not suit its target: the targets were numbered anew."""
    if (target := each.facts.get("target", "-")) != "-":
        yield "anew", target.rpartition("-")[0]


def _of_a_signature(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A signature is told by the name of the issuer."""
    if "signature" in (each.facts["value"], each.facts["meant"]):
        yield "issuer", in_plan(each)


def _of_a_name(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A term is the name of the issuer, which the descriptor writes otherwise, or printed in the clause of a row that
    calls a thing by words that are not there.
    """
    yield "issuer", each.facts["term"]
    yield "called", each.facts["term"]


def _below_a_clause(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A clause or a task is judged by what stands above the clause before it, or above its own."""
    yield "hung", f"{each.file}:{each.facts['meant']}"
    yield from (("hung", key[2]) for key in sorted(ties.to) if key[1] == "clauses")


def _of_a_spelling(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A unit is not the one that its printed name means, or the name means none: it is registered for another."""
    yield "spelt", each.facts["name"]


def _ended_by_a_unit(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A title of a task is cut short: a unit of measure behind it, which is not registered, ends it."""
    behind = graph.clause_text(each).partition(each.facts["title"])[2].lstrip("(（")
    yield from (("unit", behind[:length]) for length in range(1, LONGEST_UNIT + 1))


def _of_a_part(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """What belongs to a part of a clause: the title of the task there tells where the part begins, and who leads in a
    list is told by the units of it that are known; of a task, by those that are its own.
    """
    yield "beside", f"{in_folder(each)}:{graph.cell(each, 'task_id')}"
    for key in sorted(key for key in ties.to if key[1] == "clauses"):
        yield "titled", key[2]
        yield from [("unnamed", key[2])] * (each.rule == "role-differs")


def _of_a_clause(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """What a clause says is in no row: the row is gone."""
    yield from (("gone", key[2]) for key in ties.own)


def _of_figures(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """Figures do not agree: one of the others has two digits exchanged, or is of another time."""
    others = each.facts.get("others", each.facts.get("other", ""))
    yield from (("figure", other) for other in others.split("、"))


def _of_names(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """A unit of a list is in no row: the name of its row is another's, or its row is of another task."""
    yield "misnamed", each.facts["clause"]
    yield "misplaced", f"{in_folder(each)}:{each.facts['rest']}"


def _of_a_theme(each: Problem, ties: Ties, graph: Graph) -> Iterator[Tag]:
    """Two targets are of two themes: one of them has that of its task, of which another is said to be meant."""
    yield from (("themed", graph.task_of_target(each, each.facts[name])) for name in ("id", "other"))


_BY_FACTS: dict[str, Callable[[Problem, Ties, Graph], Iterator[Tag]]] = {
    "id-missing": _lost_with_text,
    "row-order": _out_of_order,
    **dict.fromkeys(("text-not-verbatim", "source-changed"), _text_gone),
    **dict.fromkeys(("unknown-target", "target-elsewhere"), _of_a_plan),
    **dict.fromkeys(("concept-or-target", "observation-dimension"), _of_a_target),
    **dict.fromkeys(("organization-differs", "unknown-organization-name"), _of_a_spelling),
    "name-unused": _of_another_text,
    "themes-apart": _of_a_theme,
    "alias-needless": lambda each, *_: iter([("fullname", each.facts["id"])]),
    "better-differs": lambda each, *_: iter([("way", each.facts["concept"])]),
    "alias-of-another": lambda each, _, graph: iter([("places", "")] * (each.facts["id"] in graph.world.regions)),
    "unit-not-accounted": _of_names,
    **dict.fromkeys(("quotient-differs", "part-exceeds-whole", "rate-unlikely"), _of_figures),
    "clause-kind-differs": _of_a_signature,
    "term-unsaid": _of_a_name,
    **dict.fromkeys(("clause-parent-differs", "task-parent-differs"), _below_a_clause),
    "task-title-not-in-clause": _ended_by_a_unit,
    **dict.fromkeys(("task-differs", "role-differs", "rank-differs"), _of_a_part),
    **dict.fromkeys(_UNACCOUNTED, _of_a_clause),
}
"""The rules whose problems follow from what their facts tell."""


def _missing(each: Problem, graph: Graph) -> Iterator[Tag]:
    """A row that is gone takes the figures of the clauses around with it; and the rows may have been numbered anew."""
    yield "unsaid", ""
    yield from (("gone", clause_id) for clause_id in graph.around(each))
    if graph.renumbered(each):
        yield from (("anew", name) for name in (in_folder(each), in_plan(each)))


_BRINGING: dict[str, Callable[[Problem, Graph], Iterable[Tag]]] = {
    "row-order": lambda each, _: [("sorted", each.file)],
    "quote-not-in-clause": lambda each, graph: [  # the figures of the clause have no row now
        ("displaced", f"{each.file}:{each.line}"), *(("gone", clause_id) for clause_id in graph.printing(each)),
        *[("noted", in_folder(each))] * each.file.endswith("/notes.csv"),
    ],
    **dict.fromkeys(("digits-exchanged", "ten-times-its-series", "figure-twice"),
                    lambda each, graph: [("figure", each.facts["id"])]),
    "organization-differs": lambda each, graph: [
        ("misnamed", graph.clause_of_task(each)), ("beside", f"{in_folder(each)}:{graph.cell(each, 'task_id')}"),
    ] * (each.field == "name_in_source"),
    "name-not-in-source": lambda each, graph: [
        ("misnamed", each.facts["clause"]), ("misplaced", f"{in_folder(each)}:{each.facts['name']}"),
        ("beside", f"{in_folder(each)}:{graph.cell(each, 'task_id')}"), ("displaced", f"{each.file}:{each.line}"),
    ],
    **dict.fromkeys(("name-unused", "name-without-region"), lambda each, graph: [
        ("fullname", graph.key_of(each)), *[("places", "")] * each.file.endswith("/regions.csv")
    ]),
    **dict.fromkeys(("source-year-differs", "figure-not-in-title"), lambda each, _: [
        ("astray", f"{in_folder(each)}/sources.csv") for _ in range(each.field == "source_id")
    ]),
    "theme-differs": lambda each, graph: [("themed", graph.key_of(each))] * each.file.endswith("/tasks.csv"),
    "note-kind-differs": lambda each, _: [("noted", in_folder(each))],
    "reason-differs": lambda each, graph: [  # the figure that it accounted for has no row now
        ("gone", graph.cell(each, "clause_id")) for _ in range(each.field == "quote")
    ],
    "required": lambda each, graph: [
        *[("spelt", graph.cell(each, "name"))] * each.file.endswith("/organization_names.csv"),
        *[("unsaid", "")] * (each.field in ("indicator", "name")),  # by which a term is said
    ],
    "name-twice": lambda each, _: [("called", "") for _ in range(each.file.endswith("/themes.csv"))],
    "boilerplate-not-in-source": lambda each, _: [("source", in_folder(each)), ("page", in_folder(each))],
    "note-differs": lambda each, graph: [
        ("figure", graph.key_of(each)),
        *(("called", term) for term in graph.world.terms if each.field == "scope" and each.facts["words"] in term),
    ],
    **dict.fromkeys(("words-not-in-clause", "indicator-twice"),
                    lambda each, graph: [("called", term) for term in graph.terms_printed(each)]),
    "clause-parent-differs": lambda each, graph: [
        ("hung", f"{each.file}:{each.facts['parent']}"), ("hung", graph.key_of(each))
    ],
    "issuer-not-in-source": lambda each, _: [
        ("issuer", name) for name in (in_plan(each), *each.facts["printed"].split("、"))
    ],
    "id-missing": _missing,
    "broken-reference": lambda each, graph: [
        *[("astray", f"{in_folder(each)}/sources.csv")] * (each.field == "source_id"),
        *[("spelt", graph.cell(each, "name"))] * each.file.endswith("/organization_names.csv"),
    ],
    "no-rows": lambda each, _: [("unsaid", ""), ("empty", in_folder(each)), ("emptied", in_plan(each))],
    "foreign-id": lambda *_: [("unsaid", "")],
    "nested-folder": lambda each, _: [("nested", each.facts["name"])],
    "stray-file": lambda each, _: [("unsaid", ""), ("emptied", each.facts["name"])]
    * bool(_PLAN_FOLDER.match(each.facts["name"])),
    **dict.fromkeys(("name-elsewhere", "name-region-differs"), lambda each, _: [("spelt", each.facts["name"])]),
    "unit-not-accounted": lambda each, _: [("unnamed", each.facts["clause"])],
    "unit-factor": lambda *_: [("factor", "")],
    "unit-of-law": lambda *_: [("factor", "")],
    "unknown-unit": lambda each, _: [("unit", each.facts["value"])],
    "too-deep": lambda each, _: [("deep", each.file)],
    "renamed-file": lambda each, _: [("renamed", f"{in_folder(each)}/{each.facts['meant']}")],
    "source-changed": lambda each, _: [("source", in_folder(each)), ("document", in_plan(each))],
    "text-not-verbatim": lambda each, graph: [
        ("text", in_folder(each)), ("unsaid", ""), *[("front", in_folder(each))] * graph.front_untrue(each)
    ],
    "missing-descriptor": lambda each, _: [("bare", in_folder(each))],
    **dict.fromkeys(("term-unsaid", "term-nearly-said"), lambda *_: [("termed", "")]),
    "unknown-theme": lambda *_: [("theme", "")],
    "garbled": lambda each, _: [("garbled", each.file)],
    "comparator-differs": lambda each, graph: [("way", graph.cell(each, "concept_id"))],
    **dict.fromkeys(("region-parent-differs", "region-called-otherwise"), lambda *_: [("places", "")]),
    "title-not-in-source": lambda each, _: [("titled", in_folder(each))],
    "duplicate-key": lambda each, _: [("twice", each.file)],
    "unknown-concept": lambda *_: [("concepts", "")],
    "theme-called-otherwise": lambda *_: [("called", "")],
    "themes-filled": lambda each, _: [("filled", in_folder(each))],
    "effective-differs": lambda each, _: [("effective", in_folder(each))],
    "task-title-not-in-clause": lambda each, graph: [
        ("titled", each.facts["clause"]), ("hung", f"{each.file}:{graph.key_of(each)}")
    ],
    "plan-region-differs": lambda each, _: [("head", in_plan(each))],
    "bad-descriptor": lambda each, _: [("head", in_plan(each))],
}  # fmt: skip
"""What others may follow from, by the rule of a problem."""


def brings(each: Problem, graph: Graph) -> Iterable[Tag]:
    """What others may follow from, of a problem."""
    if each.file.endswith("/retired.csv") and each.field == "id" and each.rule != "row-order":
        return [("retired", in_plan(each))]
    if each.file.endswith("/terms.csv") and each.rule in forms():
        return [("termed", "")]
    brought = _BRINGING.get(each.rule)
    return brought(each, graph) if brought else ()
