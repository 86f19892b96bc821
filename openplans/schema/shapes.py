"""The parts of a descriptor, as types: what Table Schema says of a table, and what ours say besides.

Names are those of the standard (Data Package v2); `title_en`, `description_en`, `refersTo` and `categoriesOf` are ours.
Apart, because all rooms that read the contract speak of them.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Constraints(TypedDict, total=False):
    """What a cell of a column has to be: `pattern` is for the whole cell, `enum` are the codes allowed."""

    required: bool
    enum: list[str]
    pattern: str
    minimum: float


class Category(TypedDict):
    """A code of a column, with its word in both languages and, where it has one, its sign."""

    value: str
    label: str
    label_en: str
    sign: NotRequired[str]


class CodedColumn(TypedDict):
    """The column whose codes another has too: of any table, so that their words stand in one place."""

    resource: str
    field: str


class RowElsewhere(TypedDict):
    """The column that a cell names a row by, in another kind of package."""

    package: str
    resource: str
    field: str


class Column(TypedDict):
    """What the cells of a column are."""

    name: str
    type: str
    format: NotRequired[str]
    constraints: NotRequired[Constraints]


class Field(Column):
    """A column, and what it means."""

    title: str
    title_en: str
    description: NotRequired[str]
    description_en: NotRequired[str]
    categories: NotRequired[list[Category]]
    categoriesOf: NotRequired[CodedColumn]
    refersTo: NotRequired[RowElsewhere]


class Reference(TypedDict):
    """The row that a foreign key leads to."""

    resource: str
    fields: list[str]


class ForeignKey(TypedDict):
    """Columns whose cells name a row of a table in the same package ("": of the table itself)."""

    fields: list[str]
    reference: Reference


class TableSchema(TypedDict):
    """The columns of a table, and what its rows are known by."""

    fields: list[Field]
    missingValues: NotRequired[list[str]]
    primaryKey: list[str]
    foreignKeys: NotRequired[list[ForeignKey]]


class Titled(TypedDict):
    """What a table, a view or a file is called, and what it holds."""

    name: str
    title: str
    title_en: str
    description: str
    description_en: str


class Resource(Titled):
    """A table of a package, or a plain file, which has no schema."""

    path: NotRequired[str]
    format: NotRequired[str]
    mediatype: NotRequired[str]
    encoding: NotRequired[str]
    dialect: NotRequired[dict[str, str | bool]]
    schema: NotRequired[TableSchema]
