"""The layout of the code: addresses in one module, years cut out of a text in one, imports one way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from openplans import routes
from openplans.paths import HOUSE, LIBRARY

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
        if name not in ("openplans.routes", "openplans.server.plugins.redirects")
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
