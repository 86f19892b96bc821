"""What a workbook says of its cells beside their values, read from the few lines that say it."""

from __future__ import annotations

import io
import zipfile

import pytest

from openplans.packages.cell_formats import CellFormats, cell_formats

EXCEL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = (
    "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
)
STYLES = """
<numFmts><numFmt numFmtId='164' formatCode='0.0 %'/><numFmt numFmtId='165' formatCode='0"%"'/>
<numFmt numFmtId='166' formatCode='0\\%'/><numFmt numFmtId='167'/></numFmts>
<cellXfs><xf numFmtId='0'/><xf numFmtId='9'/><xf numFmtId='10'/><xf numFmtId='11'/><xf numFmtId='164'/>
<xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/></cellXfs>"""
"""General, four ways to show a per cent or not, and a format without a code; shown as per cents are 1, 2 and 4."""


def archive(**files: str) -> bytes:
    """A zip of these files, whose names have __ for / and end in .xml."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/") + ".xml", text)
    return data.getvalue()


def excel(rows: str, styles: str | None = STYLES, target: str = "worksheets/sheet1.xml", **more: str) -> bytes:
    """An .xlsx with one sheet of these rows."""
    files = {
        "xl__workbook": f"<workbook xmlns='{EXCEL}' xmlns:r='{RELATED}'>"
        "<sheets><sheet name='targets' sheetId='1' r:id='rId7'/></sheets></workbook>",
        "xl__worksheets__sheet1": f"<worksheet xmlns='{EXCEL}'><sheetData>{rows}</sheetData></worksheet>",
        **({} if styles is None else {"xl__styles": f"<styleSheet xmlns='{EXCEL}'>{styles}</styleSheet>"}),
    }
    related = f"<Relationships><Relationship Id='rId6' Target='other.xml'/><Relationship Id='rId7' Target='{target}'/>"
    data = io.BytesIO(archive(**files, **more))
    with zipfile.ZipFile(data, "a") as made:
        made.writestr("xl/_rels/workbook.xml.rels", f"{related}</Relationships>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("rows", "percents"),
    [
        ("<row r='1'><c r='A1' s='1'/><c r='B1' s='0'/><c r='C1'/></row>", [(0, 0)]),
        ("<row r='1'>" + "".join(f"<c r='{'ABCDEFGH'[at]}1' s='{at}'/>" for at in range(8)) + "</row>",
         [(0, 1), (0, 2), (0, 4)]),
        ("<row r='3'><c r='Z3' s='1'/><c r='AA3' s='1'/><c r='XFD3' s='1'/></row>", [(2, 25), (2, 26), (2, 16383)]),
        # without addresses they follow each other
        ("<row><c s='1'/><c/><c s='2'/></row><row/><row><c/><c s='1'/></row>", [(0, 0), (0, 2), (2, 1)]),
        ("<row r='5'><c r='D5' s='1'/><c s='1'/></row><row><c s='1'/></row>", [(4, 3), (4, 4), (5, 0)]),
        ("<row r='1'><c r='C1-' s='1'/></row>", [(0, 0)]),  # which is no address
        ("<row r='1'><c r='A1' s='1'/></row><row r='4'><c r='A4' s='1'/></row>", [(0, 0), (3, 0)]),
    ],
)  # fmt: skip
def test_excel_shows_per_cents_by_the_styles_of_cells(rows: str, percents: list[tuple[int, int]]) -> None:
    assert cell_formats(excel(rows)) == {"targets": CellFormats(percents, [])}


@pytest.mark.parametrize(
    ("cell", "unread"),
    [
        ("<c r='B2'><f>A1+1</f><v>3</v></c>", []),
        ("<c r='B2'><f>A1+1</f><v></v></c>", [(1, 1)]),
        ("<c r='B2'><f>A1+1</f></c>", [(1, 1)]),
        ("<c r='B2' t='str'><f>T(A1)</f><v></v></c>", []),  # its value is an empty text
        ("<c r='B2' t='e'><v>#N/A</v></c>", [(1, 1)]),
        ("<c r='B2'/>", []),
    ],
)
def test_excel_says_which_cells_have_no_value_that_can_be_read(cell: str, unread: list[tuple[int, int]]) -> None:
    assert cell_formats(excel(f"<row r='2'>{cell}</row>"))["targets"].unread == unread


def test_excel_keeps_comments_beside_the_sheet() -> None:
    comment = "<comment ref='{}'><text><r><t>应为</t></r><r><t> 92</t></r></text></comment>"
    said = comment.format("AB3") + comment.format("?") + "<comment ref='A1'><text/></comment>"
    made = io.BytesIO(
        excel("", xl__comments1=f"<comments xmlns='{EXCEL}'><commentList>{said}</commentList></comments>")
    )
    with zipfile.ZipFile(made, "a") as archive_:
        archive_.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            f"<Relationships><Relationship Type='{RELATED}/comments' Target='../comments1.xml'/>"
            f"<Relationship Type='{RELATED}/comments' Target='gone.xml'/>"
            f"<Relationship Type='{RELATED}/hyperlink' Target='../comments1.xml'/></Relationships>",
        )
    assert cell_formats(made.getvalue())["targets"].comments == {(2, 27): "应为 92"}


def test_libreoffice_keeps_formulas_errors_and_comments_in_the_cell() -> None:
    def cell(attributes: str, inner: str = "") -> str:
        return f"<table:table-cell {attributes}>{inner}</table:table-cell>"

    formula = "table:formula='of:=[.A1]'"
    cells = [
        cell(f"{formula} office:value-type='float' office:value='3'", "<text:p>3</text:p>"),
        cell(formula),
        cell(f"{formula} office:value-type='string'", "<text:p>#DIV/0!</text:p>"),
        cell("office:value-type='string'", "<text:p>#DIV/0!</text:p>"),  # as somebody typed it
        cell(
            "office:value-type='string'",
            "<office:annotation><text:p>应为 92</text:p></office:annotation><text:p>9</text:p>",
        ),
    ]
    rows = f"<table:table-row xmlns:text='urn:t'>{''.join(cells)}</table:table-row>"
    assert cell_formats(calc(rows))["0"] == CellFormats(unread=[(0, 1), (0, 2)], comments={(0, 4): "应为 92"})


@pytest.mark.parametrize("styles", [None, "<cellXfs><xf numFmtId='0'/></cellXfs>"])
def test_where_no_style_is_one_of_per_cents_no_cell_is(styles: str | None) -> None:
    assert cell_formats(excel("<row r='1'><c r='A1' s='1'/></row>", styles)) == {"targets": CellFormats()}


def test_sheets_stand_where_the_workbook_says() -> None:
    cell = "<row r='1'><c r='A1' s='1'/></row>"
    assert cell_formats(excel(cell, target="/xl/worksheets/sheet1.xml")) == {"targets": CellFormats([(0, 0)], [])}
    assert cell_formats(excel(cell, target="charts/sheet1.xml")) == {}, "a sheet of a chart has no cells"


def calc(*sheets: str) -> bytes:
    """An .ods with sheets of these rows."""
    tables = "".join(f"<table:table table:name='{at}'>{rows}</table:table>" for at, rows in enumerate(sheets))
    return archive(content=f"<office:spreadsheet {OFFICE}>{tables}</office:spreadsheet>")


def row(*cells: str, repeated: int = 0) -> str:
    """A row of cells with these attributes."""
    told = "".join(f"<table:table-cell {each}/>" for each in cells)
    often = f" table:number-rows-repeated='{repeated}'" if repeated else ""
    return f"<table:table-row{often}>{told}</table:table-row>"


SHARE = "office:value-type='percentage'"


def many(number: int, what: str = "columns-repeated") -> str:
    return f"table:number-{what}='{number}'"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (row("", SHARE, "office:value-type='float'"), CellFormats([(0, 1)], [])),
        (row(f"{SHARE} {many(3)}", SHARE), CellFormats([(0, 0), (0, 1), (0, 2), (0, 3)], [])),
        (row(many(2), SHARE), CellFormats([(0, 2)], [])),
        (row("") + row(SHARE), CellFormats([(1, 0)], [])),
        (row(SHARE, repeated=3) + row(SHARE), CellFormats([(0, 0), (3, 0)], [])),
        (row("", many(2, "rows-spanned")), CellFormats([], [((0, 1), (1, 1))])),
        (row("") + row(many(3, "columns-spanned")), CellFormats([], [((1, 0), (1, 2))])),
        (row(f"{many(3, 'rows-spanned')} {many(2, 'columns-spanned')}"), CellFormats([], [((0, 0), (2, 1))])),
        (row(f"{many(1, 'rows-spanned')} {many(1, 'columns-spanned')}"), CellFormats()),
    ],
)
def test_libreoffice_says_it_of_each_cell(rows: str, found: CellFormats) -> None:
    assert cell_formats(calc(rows)) == {"0": found}


def test_the_rows_of_each_sheet_are_counted_anew() -> None:
    found = cell_formats(calc(row("") + row(SHARE), row(SHARE), row("")))
    assert found == {"0": CellFormats([(1, 0)], []), "1": CellFormats([(0, 0)], []), "2": CellFormats()}


def test_what_is_no_workbook_has_no_formats() -> None:
    assert cell_formats(b"target_id,value\n") == {} == cell_formats(archive(word="<document/>"))


def test_what_an_entity_stands_for_is_not_read() -> None:
    def declared(what: str) -> str:
        return f'<!DOCTYPE a [<!ENTITY e "{what}">]>'

    share = row(SHARE).replace("<table:table-row", f"<table:table-row {OFFICE}")
    content = (
        f"<office:spreadsheet {OFFICE}><table:table table:name='0'>&e;{row('')}</table:table></office:spreadsheet>"
    )
    assert cell_formats(archive(content=declared(share) + content)) == {"0": CellFormats()}
    percent = declared(f"<xf xmlns='{EXCEL}' numFmtId='9'/>")
    styles = f"{percent}<styleSheet xmlns='{EXCEL}'><cellXfs>&e;</cellXfs></styleSheet>"
    made = excel("<row r='1'><c r='A1' s='0'/></row>", None, xl__styles=styles)
    assert cell_formats(made) == {"targets": CellFormats()}
