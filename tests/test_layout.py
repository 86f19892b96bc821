"""The layout of the code: addresses in one module, years cut out of a text in one, imports one way."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from openplans import routes
from openplans.paths import HOUSE, LIBRARY
from openplans.schema import contract, vocabulary
from openplans.text import amounts

MODULES = {
    ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(LIBRARY.rglob("*.py"))
}
PAGES = {value for name, value in vars(routes).items() if name.isupper() and isinstance(value, str)} - {""}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def texts(module: ast.Module) -> Iterator[str]:
    """The strings of a module, without those that stand alone: docstrings."""
    alone = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def test_addresses_are_spelled_in_one_module() -> None:
    address = re.compile(rf"'?(?:{'|'.join(PAGES)})/|(?:.*/)?index\.html")
    spelled = [
        (name, text)
        for name, path in MODULES.items()
        if name != "openplans.routes"
        for text in texts(tree(path))
        if address.match(text)
    ]
    assert spelled == []


def test_no_template_spells_the_address_of_a_page() -> None:
    names = "|".join(map(re.escape, PAGES))
    spelled = re.compile(
        rf"(?:root|base_url|datasette) \}}\}}(?:{names})/|\b(?:to|address)\(['\"](?:{names})|:8001/[a-z]"
    )
    found = [
        (path.name, match[0])
        for path in sorted((HOUSE / "templates").rglob("*.j2"))
        for match in spelled.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_script_spells_the_address_of_a_page() -> None:
    """The page hands them over (routes.row_pages), as it does to what stands around every page (routes.entrances)."""
    spelled = re.compile(rf"(?<![/.])[\"'`/](?:{'|'.join(map(re.escape, PAGES))})\\?/(?!\s)|(?<!/)index\\?\.html")
    files = [*(HOUSE / "templates/assets").glob("*.js"), *(HOUSE / "templates/overrides").glob("*.html")]
    assert len(files) > 10
    code = {path.name: re.sub(r"(?m)^\s*//.*$", "", path.read_text(encoding="utf-8")) for path in files}
    assert [(name, match[0]) for name, text in sorted(code.items()) for match in spelled.finditer(text)] == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    left = {name: set(imported(name, path)) for name, path in MODULES.items()}
    while leaves := {name for name, others in left.items() if not others & left.keys()}:  # a topological order
        left = {name: others for name, others in left.items() if name not in leaves}
    assert left == {}


def imported(module: str, path: Path) -> Iterator[str]:
    """The modules that a module imports, at its head or late, but for the packages that it stands in."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{each.name}" for each in node.names]
        else:
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            found = name if name in MODULES else name.rpartition(".")[0]
            if found in MODULES and not module.startswith(f"{found}."):
                yield found


def test_what_is_known_of_the_plans_does_not_hang_on_the_rules_of_the_check() -> None:
    facts = {name: path for name, path in MODULES.items() if name.startswith("openplans.facts")}
    hanging = [(name, other) for name, path in facts.items() for other in imported(name, path) if ".rules" in other]
    assert len(facts) > 20 and hanging == []


def test_the_words_and_signs_of_codes_are_spelled_in_the_schemas_alone() -> None:
    columns = {
        frozenset(codes): {text for each in codes.values() for text in (each.name_zh, each.name_en, each.sign) if text}
        for kind in get_args(contract.PackageKind)
        for table, resource in contract.tables(kind).items()
        for column in contract.fields(resource)
        if len(codes := vocabulary.codes(table, column)) > 2  # zh and en are those of the interface too
    }
    spelled = [
        (name, sorted(keys))
        for name, path in MODULES.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Dict)
        and (keys := frozenset(each.value for each in node.keys if isinstance(each, ast.Constant))) in columns
        and any(isinstance(each, ast.Constant) and each.value in columns[keys] for each in node.values)
    ]
    assert len(columns) > 15
    assert spelled == []


def test_the_hint_below_the_targets_explains_every_sign_by_its_word() -> None:
    hint = (HOUSE / "templates/pages/targets.md.j2").read_text(encoding="utf-8")
    for comparator, code in vocabulary.codes("targets", "comparator").items():
        if code.sign:
            assert f"{amounts.sign('zh', comparator)} {code.name_zh}" in hint


def test_years_and_months_are_cut_out_of_texts_in_one_module() -> None:
    cut = re.compile(r"\[:[47]\](?!\}0)")  # 330400, above a county's code, is no year
    files = [*MODULES.values(), *sorted((HOUSE / "templates").rglob("*.j2"))]
    own = LIBRARY / "text" / "period.py"
    found = [
        path.relative_to(HOUSE).as_posix()
        for path in files
        if path != own and cut.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_unit_is_one_of_measure() -> None:
    """Who answers for something is an organization, whatever documents and pages call it."""
    measures = {"openplans.text.units", "openplans.drafting.proposing.units"}
    assert {name for name in MODULES if "unit" in name.rpartition(".")[2]} == measures


def test_a_name_means_one_thing() -> None:
    """No two modules define a class or a type of the same name: whoever searches for one finds it. Private names and
    type variables are of their modules alone."""
    defined = Counter(name for path in MODULES.values() for name in set(types(tree(path))))
    assert {name for name, modules in defined.items() if modules > 1} == set()


def types(module: ast.Module) -> Iterator[str]:
    """The public classes of a module, and what it calls a type; no type variables."""
    for node in module.body:
        names = [node.name] if isinstance(node, ast.ClassDef) else []
        if isinstance(node, ast.Assign) and not (isinstance(node.value, ast.Call)):
            names = [each.id for each in node.targets if isinstance(each, ast.Name)]
        yield from (name for name in names if re.match(r"[A-Z][A-Za-z]*[a-z]", name))
