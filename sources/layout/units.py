"""Units of measure of a block's fields: printed in headings, in a unit row or on lines above, or agreed; all of one mind."""

import re
from collections import Counter
from decimal import Decimal

from schemas.field import Column
from sources.county.contract import Contract
from sources.home.receipts import Reason
from sources.layout.block import StatedText
from sources.layout.block_content import BlockContent
from sources.layout.draft import refuse
from sources.reading.cells import cell_address
from sources.text.quoting import quote
from sources.text.squeeze import squeeze
from sources.text.unit import MUST_BE_STATED, dimension, factor, is_unit


def find_scales(content: BlockContent, table: list[Column]) -> tuple[dict[str, Decimal], list[Reason]]:
    """Find the factor from each field's stated unit to its own.

    A money column without a unit is a reason, and so are two units that disagree, be one of them the contract's.
    """
    scales, reasons = {}, []
    sheet, lines = content.block.sheet.name, content.unit_lines
    if lines and not all(map(is_unit, _split(lines[0]))):
        message = f"计量单位“{quote(lines[0].text)}”不认得；请写作元、万元、亩、户等规定的单位"
        reasons.append(refuse("unit_unknown", message, sheet, lines[0].cell))
    for column in table:
        if column.name not in content.texts or column.unit is None:
            continue
        heading = _heading_cell(content, column.name)
        own = content.units.get(column.name, [])
        above = [*_read_lines(content), *_find_agreed(content, column)]
        if disagreeing := _find_disagreement(own, above, column.unit):
            unit, other = disagreeing
            title = content.headings.get(column.name) or column.title
            message = (
                f"“{title}”的计量单位不一：{unit.cell} 为{unit.text}，{other.cell} 为{other.text}；请改为一致"
            )
            reasons.append(refuse("units_disagree", message, sheet, unit.cell))
            continue
        factors = {scale for at in own[:1] or above if (scale := factor(at.text, column.unit)) is not None}
        if len(factors) == 1:
            [scales[column.name]] = factors
        elif own or factors or (dimension(column.unit) in MUST_BE_STATED and not reasons):
            title = content.headings.get(column.name) or column.title
            message = f"没有写明“{title}”的计量单位，或单位不合；请在表头或单位行写明，如{column.unit}"
            reasons.append(
                refuse("unit_unknown", message, sheet, lines[0].cell if lines and not own else heading)
            )
    return scales, reasons


def find_agreed_units(content: BlockContent, table: list[Column]) -> dict[str, str]:
    """Find the fields of which the sheet prints no unit, so that the contract's counts, by field."""
    agreed = content.block.contract.units
    read = [column for column in table if column.name in agreed and column.name in content.texts]
    return {column.name: agreed[column.name] for column in read if not _is_printed(content, column)}


def _is_printed(content: BlockContent, column: Column) -> bool:
    printed = [*content.units.get(column.name, []), *_read_lines(content)]
    return any(factor(at.text, column.unit or "") is not None for at in printed)


def find_agreed_scales(contract: Contract, table: list[Column]) -> dict[str, Decimal]:
    """Find the factor from each unit of a contract to its field's own, for a text, which prints none."""
    factors = {
        column.name: factor(contract.units[column.name], column.unit)
        for column in table
        if column.unit and column.name in contract.units
    }
    return {name: scale for name, scale in factors.items() if scale is not None}


def _read_lines(content: BlockContent) -> list[StatedText]:
    return [StatedText(unit, line.cell) for line in content.unit_lines for unit in _split(line)]


def _find_agreed(content: BlockContent, column: Column) -> list[StatedText]:
    unit = content.block.contract.units.get(column.name)
    return [StatedText(unit, "表式约定")] if unit else []


def _split(line: StatedText) -> list[str]:
    return [part for part in re.split("[,、;]", squeeze(line.text).strip("()")) if part]


def _heading_cell(content: BlockContent, field: str) -> str:
    row = content.rows[0] - 2 if content.rows else 0
    return content.cells.get(field) or cell_address(row, content.columns.get(field, 0))


def _find_disagreement(
    own: list[StatedText], above: list[StatedText], unit: str
) -> tuple[StatedText, StatedText] | None:
    """Find two statements in which a field's unit differs in size; a line with several leaves the choice to headings."""
    sizes = [(at, scale) for at in [*own, *above] if (scale := factor(at.text, unit)) is not None]
    cells = Counter(at.cell for at, _ in sizes)
    sizes = [(at, scale) for at, scale in sizes if at in own or cells[at.cell] == 1]
    return next(((sizes[0][0], at) for at, scale in sizes if scale != sizes[0][1]), None)
