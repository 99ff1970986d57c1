"""Lay out a block in which indicators run down (甲 name, 乙 unit, 丙 code, value): one record."""

from dataclasses import dataclass

from schemas.field import Column
from sources.block import Block, stated
from sources.cells import cell_address
from sources.contract import squeeze
from sources.header import bare_name, is_number_row
from sources.layout import Laid, label_of, read_head
from sources.unit import is_unit


@dataclass(frozen=True)
class Group:
    """The columns of one run of indicators; a sheet may hold two side by side."""

    name: int
    unit: int | None
    code: int | None
    value: int
    end: int


def lay_out_form(block: Block, table: list[Column]) -> Laid | None:
    """Lay out an indicators-down block; None where it has no header of this contract.

    Indicators are known by their code, else by their name. Fields that a line states
    (`[workbook.lines]`) belong to the same record.
    """
    found = _header(block)
    if found is None:
        return None
    header_row, groups = found
    laid = Laid(block)
    read_head(laid, header_row)
    body = header_row + 1
    while body < block.end_row and is_number_row(block, body):
        body += 1
    laid.rows.append(body + 1)
    for row in range(header_row, body):
        laid.classes.counts["header"] += block.count(row)
    for row in range(body, block.end_row):
        _read_row(laid, groups, row)
    _read_lines(laid, header_row)
    for column in table:
        if column.name not in laid.texts and block.contract.needs(column):
            known = "、".join(block.contract.columns.get(column.name, []))
            message = f"缺少指标“{column.title}”（{known}）；请按表样补上该行"
            laid.problems.append(
                block.problem("delivery__missing_column", header_row, groups[0].name, message)
            )
    return laid


def _header(block: Block) -> tuple[int, list[Group]] | None:
    layout = block.contract.workbook
    assert layout is not None
    values, codes, units = (
        set(map(squeeze, labels)) for labels in (layout.value_column, layout.code_column, layout.unit_column)
    )
    for row in range(block.first_row, min(block.end_row, block.first_row + 30)):
        texts = {column: squeeze(block.sheet.text[row][column]) for column in block.filled(row)}
        at = [column for column, text in texts.items() if text in values]
        if not at or not (set(texts.values()) & (codes | units)):
            continue
        groups, start = [], block.first_column
        for value in at:
            between = {column: text for column, text in texts.items() if start <= column < value}
            name = min(between, default=start)
            unit = next((c for c, text in between.items() if text in units), None)
            code = next((c for c, text in between.items() if text in codes), None)
            end = min((c for c in texts if c > value), default=block.end_column)
            groups.append(Group(name, unit, code, value, end))
            start = end
        return row, groups
    return None


def _read_row(laid: Laid, groups: list[Group], row: int) -> None:
    block, sheet = laid.block, laid.block.sheet
    filled = block.filled(row)
    labels = [squeeze(sheet.text[row][c]) for c in filled]
    footer = block.contract.workbook.footer  # type: ignore[union-attr]
    if filled and label_of(labels[:1], footer, loose=True):
        laid.classes.counts["footer"] += len(filled)
        return
    spent: set[int] = set()
    for group in groups:
        cells = [c for c in filled if group.name <= c <= group.value]
        spent.update(cells)
        if cells:
            _read_indicator(laid, group, row, cells)
    _ignore_other_columns(laid, row, [c for c in filled if c not in spent])


def _read_indicator(laid: Laid, group: Group, row: int, cells: list[int]) -> None:
    block, sheet, contract = laid.block, laid.block.sheet, laid.block.contract
    code = squeeze(sheet.text[row][group.code]) if group.code is not None else ""
    name = squeeze(sheet.text[row][group.name])
    names = [code, name, bare_name(name)]
    field = next((contract.field_of_header[n] for n in names if n in contract.field_of_header), None)
    if field is not None and field not in laid.texts:
        laid.texts[field], laid.kinds[field] = [sheet.text[row][group.value]], [sheet.kinds[row][group.value]]
        laid.cells[field] = cell_address(row, group.value)
        if group.unit is not None and is_unit(sheet.text[row][group.unit]):
            laid.units[field] = squeeze(sheet.text[row][group.unit])
        laid.classes.counts["body"] += len(cells)
        return
    reason = next((contract.ignored_headers[n] for n in [*names, "*"] if n in contract.ignored_headers), None)
    if reason is not None:
        laid.classes.ignore(reason, len(cells))
    elif field is not None:
        laid.classes.ignore("重复的指标", len(cells))
        message = f"指标“{contract.columns[field][0]}”出现两次；请删去其一"
        laid.problems.append(block.problem("delivery__duplicate_header", row, group.name, message))
    elif group.value in cells:
        laid.classes.ignore("未知指标", len(cells))
        message = "此指标不在表式约定中；请核对名称与代码，或请数据管理员在约定中登记"
        laid.problems.append(block.problem("delivery__unknown_header", row, group.name, message))
    else:
        laid.classes.counts["header"] += len(cells)


def _ignore_other_columns(laid: Laid, row: int, columns: list[int]) -> None:
    ignored = laid.block.contract.ignored_columns
    if columns and "*" not in ignored:
        message = "数量栏以外有内容；请删去该内容"
        laid.problems.append(laid.block.problem("delivery__unknown_header", row, columns[0], message))
    laid.classes.ignore(ignored.get("*", "数量栏以外的列"), len(columns))


def _read_lines(laid: Laid, header_row: int) -> None:
    lines = laid.block.contract.workbook.lines  # type: ignore[union-attr]
    for name, labels in lines.items():
        if said := stated(laid.block, range(laid.block.first_row, header_row), labels):
            laid.texts[name], laid.kinds[name] = [said.text], ["t"]
            laid.cells[name] = said.cell
