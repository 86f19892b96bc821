"""One small change of a module's code at a time: a comparison turned, a condition or a member of a list left out.

Comes in: source code. Goes out: Change values and the source with one of them made. Words, types, docstrings and
decorators are left alone: a change of them is another text, not another behaviour.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAMES = {
    "min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "reversed": "list",
    "startswith": "endswith", "endswith": "startswith", "find": "rfind", "rfind": "find", "lstrip": "rstrip",
    "rstrip": "lstrip", "search": "match", "fullmatch": "match",
}  # fmt: skip
"""Functions and methods, and those that a hand might write in their place."""

_LEFT_ALONE = ("annotation", "returns", "decorator_list", "type_params", "bases")
"""The fields of a node in which nothing is changed."""

_GENERIC = {"Annotated", "Callable", "Literal", "defaultdict", "dict", "frozenset", "list", "set", "tuple", "type"}
"""Names whose brackets hold types, in which nothing is changed either."""

_LONGEST = 12
"""Members of a list that are left out one by one; a longer one is a list of words, which no test has to repeat."""


@dataclass(frozen=True)
class Change:
    """The place (counted through the tree) and the number of the change there; the line, and what it is in words."""

    place: int
    other: int
    line: int
    function: str
    before: str
    after: str


class _Place(NamedTuple):
    """A node, where it hangs, and the function it is in ("" at the top of the module)."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    function: str


def changes(source: str) -> Iterator[Change]:
    """Every change of a module, in the order of the code."""
    line = 0
    for number, place in enumerate(_places(ast.parse(source), "")):
        line = getattr(place.node, "lineno", line)
        for which, other in enumerate(_others(place.node)):
            yield Change(number, which, line, place.function, _text(place.node), _text(other))


def changed(source: str, change: Change) -> str:
    """The source with a change made."""
    tree = ast.parse(source)
    place = list(_places(tree, ""))[change.place]
    other = list(_others(place.node))[change.other]
    if place.index is None:
        setattr(place.parent, place.field, other)
    else:
        getattr(place.parent, place.field)[place.index] = other
    return ast.unparse(ast.fix_missing_locations(tree))


def _text(node: ast.AST) -> str:
    head = node.test if isinstance(node, ast.If | ast.While) else node
    return " ".join(ast.unparse(head).split())


def _places(parent: ast.AST, function: str) -> Iterator[_Place]:
    """Every node below another, without docstrings and the texts of f-strings."""
    for field, value in ast.iter_fields(parent):
        if field in _LEFT_ALONE or isinstance(parent, ast.JoinedStr) or _holds_types(parent, field):
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST) or _is_docstring(node) or _is_exported(node):
                continue
            yield _Place(parent, field, index, node, function)
            inner = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            yield from _places(node, f"{function}.{node.name}".lstrip(".") if inner else function)  # type: ignore[attr-defined]


def _holds_types(parent: ast.AST, field: str) -> bool:
    """Whether a field is what stands in the brackets of a generic type: Literal["a", "b"]."""
    named = isinstance(parent, ast.Subscript) and isinstance(parent.value, ast.Name)
    return named and field == "slice" and parent.value.id in _GENERIC  # type: ignore[attr-defined]


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_exported(node: ast.AST) -> bool:
    """Whether a node is __all__, which only type checkers ask."""
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of a node."""
    match node:
        case ast.Compare():
            for number, operator in enumerate(node.ops):
                if type(operator) in _COMPARISONS:
                    yield _with(node, ops=_put(node.ops, number, _COMPARISONS[type(operator)]()))
        case ast.BoolOp():
            yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
            for left in _shorter(node.values):
                yield _with(node, values=left) if len(left) > 1 else left[0]
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _OPERATORS:
            yield _with(node, op=_OPERATORS[type(node.op)]())
        case ast.IfExp():
            yield from (node.body, node.orelse)
        case ast.If() | ast.While() if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
            yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case _:
            yield from _smaller(node)


def _smaller(node: ast.AST) -> Iterator[ast.AST]:
    """The changes of constants, names, lists, slices and steps."""
    match node:
        case ast.Constant(value=bool() | int()):
            yield ast.Constant(not node.value if isinstance(node.value, bool) else node.value + 1)  # type: ignore[operator]
        case ast.Name(id=name, ctx=ast.Load()) if name in _NAMES:
            yield ast.Name(_NAMES[name], ast.Load())
        case ast.Attribute(attr=name, ctx=ast.Load()) if name in _NAMES:
            yield _with(node, attr=_NAMES[name])
        case ast.Tuple(ctx=ast.Load()) | ast.List(ctx=ast.Load()) | ast.Set() if _is_list(node.elts):
            yield from (_with(node, elts=left) for left in _shorter(node.elts))
        case ast.comprehension(ifs=[_, *_]):
            yield from (_with(node, ifs=left) for left in _shorter(node.ifs))
        case ast.Slice(lower=lower, upper=upper):
            yield from (_with(node, **{name: None}) for name, end in (("lower", lower), ("upper", upper)) if end)
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield ast.Pass()
        case ast.Continue() | ast.Break():
            yield ast.Break() if isinstance(node, ast.Continue) else ast.Continue()


def _is_list(members: list[ast.expr]) -> bool:
    """Whether members of a list are plain values, of which one may be left out."""
    plain = (ast.Constant, ast.Tuple)
    return 1 < len(members) <= _LONGEST and all(isinstance(each, plain) for each in members)


def _shorter(members: list[ast.expr]) -> Iterator[list[ast.expr]]:
    """A list without each of its members."""
    return (members[:number] + members[number + 1 :] for number in range(len(members)))


def _put(members: list[ast.cmpop], number: int, other: ast.cmpop) -> list[ast.cmpop]:
    return [*members[:number], other, *members[number + 1 :]]


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node with other fields."""
    copy = deepcopy(node)
    for name, value in fields.items():
        setattr(copy, name, value)
    return copy
