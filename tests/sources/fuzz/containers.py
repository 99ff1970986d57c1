"""Containers of sheets that the sample does not write: OpenDocument, and the XML of Excel 2003."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from sample.files.grid import CellValue, PrintedGrid

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def to_ods(grids: list[PrintedGrid]) -> bytes:
    tables = "".join(
        f'<table:table table:name="{escape(grid.name)}">{"".join(_ods_rows(grid))}</table:table>'
        for grid in grids
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}:office:1.0" '
        f'xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{_MIMETYPE}"/></manifest:manifest>'
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", _MIMETYPE)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return data.getvalue()


def _ods_rows(grid: PrintedGrid) -> Iterator[str]:
    spans, covered = _spans(grid)
    for row in range(max(r for r, _ in grid.cells) + 1):
        cells = []
        for column in range(max(c for _, c in grid.cells) + 1):
            if (row, column) in covered:
                cells.append("<table:covered-table-cell/>")
                continue
            down, across = spans.get((row, column), (1, 1))
            spanned = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"' * (
                down * across > 1
            )
            cells.append(_ods_cell(grid.cells.get((row, column), ""), spanned))
        yield f"<table:table-row>{''.join(cells)}</table:table-row>"


def _ods_cell(value: CellValue, spanned: str) -> str:
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, str):
        kind = 'office:value-type="string"' if value else ""
    else:
        kind = f'office:value-type="float" office:value="{value}"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell {kind}{spanned}>{lines if value != '' else ''}</table:table-cell>"


def to_xml2003(grids: list[PrintedGrid]) -> bytes:
    sheets = "".join(
        f'<Worksheet ss:Name="{escape(grid.name)}"><Table>{"".join(_xml_rows(grid))}</Table></Worksheet>'
        for grid in grids
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    styles = '<Styles><Style ss:ID="d"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style></Styles>'
    head = '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
    return f'{head}<Workbook xmlns="{space}" xmlns:ss="{space}">{styles}{sheets}</Workbook>'.encode()


def _xml_rows(grid: PrintedGrid) -> Iterator[str]:
    spans, covered = _spans(grid)
    for row in range(max(r for r, _ in grid.cells) + 1):
        cells = []
        for column in sorted(c for r, c in grid.cells if r == row and (r, c) not in covered):
            down, across = spans.get((row, column), (1, 1))
            merged = f' ss:MergeDown="{down - 1}" ss:MergeAcross="{across - 1}"' * (down * across > 1)
            cells.append(f'<Cell ss:Index="{column + 1}"{merged}{_xml_data(grid.cells[row, column])}</Cell>')
        yield f'<Row ss:Index="{row + 1}">{"".join(cells)}</Row>'


def _xml_data(value: CellValue) -> str:
    if isinstance(value, date):
        return f' ss:StyleID="d"><Data ss:Type="DateTime">{value.isoformat()}T00:00:00.000</Data>'
    if isinstance(value, str):
        return f'><Data ss:Type="String">{escape(value)}</Data>'
    return f'><Data ss:Type="Number">{value}</Data>'


def _spans(grid: PrintedGrid) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Give rows and columns of each merged range by its first cell, and the cells below it."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merged}
    covered = {
        (row, column)
        for top, left, bottom, right in grid.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    return spans, covered - spans.keys()
