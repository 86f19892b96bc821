"""Problems in print: for people, for GitHub, for programs. What comes from a file is data."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from openplans.cli import reports
from openplans.problems import Problem, problem

WRONG = problem("broken-reference", "datapackages/plans/x/tasks.csv", 3, 2, "parent_id", value="k9", to="tasks")
FOLLOWED = replace(WRONG, follows=("datapackages/plans/x/targets.csv:4:3", "datapackages/plans/x/targets.csv:9:3"))
HOSTILE = problem(
    "broken-reference",
    "datapackages/plans/a,b:c%\n::error ::x/tasks.csv",
    1,
    1,
    "parent_id",
    value="\n::add-mask::x\u202e\x1b[2J",
    to="tasks",
)


def test_for_people_what_follows_stands_below_its_cause() -> None:
    assert reports.text([FOLLOWED]).splitlines()[5:] == [
        "    另有 2 行也是这样，或者因此出错：targets.csv 第 4、9 行。",
        "    And 2 rows that follow from it or are wrong alike: targets.csv lines 4, 9.",
        "    docs/rules.md#broken-reference",
    ]


def test_no_letter_of_a_file_ends_a_line_or_begins_a_command() -> None:
    assert [line for line in reports.text([HOSTILE]).splitlines() if "::" in line[:8]] == []
    assert not any(each in reports.text([HOSTILE]) for each in ("\x1b", "\u202e"))
    [annotation] = reports.github([HOSTILE]).splitlines()
    properties, _, message = annotation.removeprefix("::error ").partition("::")
    assert properties.startswith(
        "file=datapackages/plans/a%2Cb%3Ac%25%0A%3A%3Aerror %3A%3Ax/tasks.csv,line=1,col=1,title="
    )
    assert "%0A" in message and "\n" not in message


def many() -> list[Problem]:
    """Twenty problems of one rule in one file, one of another rule, a warning, one with followers."""
    same = [replace(WRONG, line=line) for line in range(1, 21)]
    other = replace(WRONG, rule="wrong-form", file="datapackages/plans/y/tasks.csv")
    return [*same, replace(other, severity="warning", rule="required"), other, replace(FOLLOWED, line=99)]


def test_github_gets_the_ten_most_useful() -> None:
    found = reports.github(many()).splitlines()
    assert (
        len(found) == 10
        and "line=99" in found[0]
        and "title=wrong-form" in found[1]
        and "::warning" not in "".join(found)
    )


def test_files_of_the_change_come_first() -> None:
    assert reports.useful(many(), ["datapackages/plans/y/tasks.csv"])[0].rule == "wrong-form"


def test_the_summary_has_them_all_and_no_markup_of_the_data() -> None:
    marked = problem("broken-reference", "a.csv", 1, 1, "parent_id", value="<img src=x>|[a](b)", to="tasks")
    lines = reports.summary([*many(), marked]).splitlines()
    assert len(lines) == 2 + 24 and "<img" not in lines[-1] and r"\|" in lines[-1]


def test_json_has_the_facts() -> None:
    [found] = json.loads(reports.as_json([FOLLOWED]))["problems"]
    assert (found["rule"], found["line"], found["facts"]) == ("broken-reference", 3, {"value": "k9", "to": "tasks"})
    assert len(found["follows"]) == 2 and found["docs"] == "docs/rules.md#broken-reference"


@pytest.mark.parametrize("problems", [[], [HOSTILE], many()])
def test_junit_is_xml_with_a_case_for_each(problems: list[Problem]) -> None:
    suite = ElementTree.fromstring(reports.junit(problems))
    assert len(suite.findall("testcase")) == max(1, len(problems)) == int(suite.get("tests", ""))
    assert len(suite.findall("testcase/failure")) == int(suite.get("failures", ""))


def test_sarif_has_rules_and_places() -> None:
    [run] = json.loads(reports.sarif(many()))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": WRONG.file}, "region": {"startLine": 1, "startColumn": 2}}
    assert {each["id"] for each in run["tool"]["driver"]["rules"]} == {each.rule for each in many()}
