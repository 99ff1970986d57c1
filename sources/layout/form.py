"""Layout of forms whose indicators run down (甲 name, 乙 unit, 丙 code, value): a record per value column."""

from dataclasses import dataclass, field

from schemas.field import Column
from sources.layout.block import Block, Problem, StatedText, find_stated
from sources.layout.block_content import BlockContent, find_label, read_head, report_uncalculated
from sources.layout.column_name import bare_name, unit_of
from sources.layout.header import is_annotation_row
from sources.reading.cells import cell_address
from sources.text.period_heading import PeriodHeadings
from sources.text.quoting import quote
from sources.text.squeeze import squeeze

OTHER_PERIOD = "此处写的不是本表的报告期；请核对名称与报告期"


@dataclass(frozen=True)
class IndicatorGroup:
    """The columns of one run of indicators, with a value column for each record.

    A sheet may hold two groups side by side: the second has further indicators of the same records.
    above: indentation and name of the indicators that the next row may stand under.
    """

    name: int
    unit: int | None
    code: int | None
    values: list[int]
    above: list[tuple[int, str]] = field(default_factory=list)

    def qualify(self, text: str) -> str:
        """Return an indicator's name with the one that it is indented under: `从业人员/女`."""
        name = squeeze(text)
        indentation = len(text) - len(text.lstrip()) + 2 * name.startswith("其中")
        while self.above and self.above[-1][0] >= indentation:
            self.above.pop()
        parent = self.above[-1][1] if self.above else ""
        self.above.append((indentation, bare_name(name)))
        return f"{parent}/{bare_name(name)}"


def lay_out_form(block: Block, table: list[Column]) -> list[BlockContent] | None:
    """Lay out an indicators-down block, one content per record; None where it has no header of this contract.

    Indicators are known by their code, else by their name, if need be with the one that they are indented
    under. Fields that a line states (`[workbook.lines]`) belong to every record. The first content has the
    classes of all cells.
    """
    header = _find_header(block)
    if header is None:
        return None
    header_row, groups = header
    body = header_row + 1
    while body < block.end_row and is_annotation_row(block, body):
        body += 1
    records = [
        BlockContent(block, rows=[body + 1]) for _ in range(max(len(group.values) for group in groups))
    ]
    classes = records[0].classes
    classes.counts["title"] += sum(map(block.count_filled, range(block.first_row, header_row)))
    classes.counts["header"] += sum(map(block.count_filled, range(header_row, body)))
    report_uncalculated(records[0], range(block.first_row, body))
    records[0].problems += _find_other_periods(block, header_row)
    top = min(block.origin.get((header_row, group.name), (header_row, 0))[0] for group in groups)
    headings = {block.own_texts(row) for row in range(top, body)}
    for row in range(body, block.end_row):
        if block.own_texts(row) in headings:  # as they come again on a new page
            classes.counts["header"] += block.count_filled(row)
        else:
            _read_row(records, groups, header_row, row)
    for number, content in enumerate(records):
        _read_record_head(content, groups[0], header_row, number)
    for column in table:
        if column.name not in records[0].texts and block.contract.needs(column):
            known = "、".join(block.contract.columns.get(column.name, []))
            message = f"缺少指标“{column.title}”（{known}）；请按表样补上该行"
            records[0].problems.append(
                block.problem("delivery__missing_column", header_row, groups[0].name, message)
            )
    return records


def _find_header(block: Block) -> tuple[int, list[IndicatorGroup]] | None:
    layout = block.contract.workbook
    values, codes, units = (
        set(map(squeeze, labels)) for labels in (layout.value_column, layout.code_column, layout.unit_column)
    )
    dated = block.contract.dated_values
    for row in range(block.first_row, min(block.end_row, block.first_row + 30)):
        texts = _read_headings(block, row)
        headings = set(texts.values())
        values |= {text for text in headings if _is_of_period(dated, text, block.period)}
        if headings & values and (headings & (codes | units) or not (codes | units)):
            return row, _find_groups(texts, values, codes, units)
    return None


def _find_other_periods(block: Block, header_row: int) -> list[Problem]:
    """Find the value columns that are headed by another period, and that the contract does not ignore."""
    contract, period = block.contract, block.period
    return [
        block.problem("delivery__period_mismatch", header_row, column, OTHER_PERIOD)
        for column, text in _read_headings(block, header_row).items()
        if period and contract.dated_values.find_of_any([text])
        if not contract.dated_values.find([text], period) and not contract.reason_to_ignore([text], period)
    ]


def _is_of_period(dated: PeriodHeadings, text: str, period: str) -> bool:
    """Tell whether a text heads the values of a period; of any, while none is known."""
    return bool(dated.find([text], period) if period else dated.find_of_any([text]))


def _find_groups(
    texts: dict[int, str], values: set[str], codes: set[str], units: set[str]
) -> list[IndicatorGroup]:
    """Split headings into groups.

    A group begins where the heading of names, units or codes stands again before a value column.
    """
    groups: list[IndicatorGroup] = []
    before: dict[int, str] = {}
    for column, text in texts.items():
        if text not in values:
            before[column] = text
            continue
        first_name = texts[groups[0].name] if groups else next(iter(before.values()), "")
        if not groups or ({first_name} | codes | units) & set(before.values()):
            name = next(
                (c for c, heading in before.items() if heading == first_name), min(before, default=column)
            )
            unit = next((c for c, heading in before.items() if heading in units), None)
            code = next((c for c, heading in before.items() if heading in codes), None)
            groups.append(IndicatorGroup(name, unit, code, [column]))
        else:
            groups[-1].values.append(column)
        before = {}
    return groups


def _read_headings(block: Block, row: int) -> dict[int, str]:
    """Read the headings over the columns of a row, from a merged range above too; one per range."""
    return {
        column: text
        for column in range(block.first_column, block.end_column)
        if (text := block.text_at(row, column))
        if block.origin.get((row, column), (row, column))[1] == column
    }


def _read_record_head(content: BlockContent, group: IndicatorGroup, header_row: int, number: int) -> None:
    """Read what stands over the indicators: title and lines, and the heading of the record's value column."""
    block, layout = content.block, content.block.contract.workbook
    read_head(content, header_row)
    for name, labels in layout.lines.items():
        if stated := find_stated(block, range(block.first_row, header_row), labels):
            content.texts[name], content.kinds[name] = [stated.text], ["t"]
            content.cells[name] = stated.cell
    if layout.value_name is not None and number < len(group.values):
        column = group.values[number]
        content.texts[layout.value_name] = [block.text_at(header_row, column)]
        content.kinds[layout.value_name] = ["t"]
        content.cells[layout.value_name] = cell_address(header_row, column)


def _read_row(records: list[BlockContent], groups: list[IndicatorGroup], header_row: int, row: int) -> None:
    content, block = records[0], records[0].block
    filled = block.filled_columns(row)
    labels = [squeeze(block.sheet.text[row][c]) for c in filled]
    footer = block.contract.workbook.footer
    if filled and find_label(labels[:1], footer, loose=True):
        content.classes.counts["footer"] += len(filled)
        content.footer_rows.append(row)
        return
    spent: set[int] = set()
    for group in groups:
        cells = [c for c in filled if group.name <= c <= group.values[0] or c in group.values]
        spent.update(cells)
        if cells:
            _read_indicator(records, group, row, cells)
    for column in filled:
        if column not in spent:
            _ignore_other_column(content, header_row, row, column)


def _read_indicator(records: list[BlockContent], group: IndicatorGroup, row: int, cells: list[int]) -> None:
    content, block, contract = records[0], records[0].block, records[0].block.contract
    sheet = block.sheet
    code = squeeze(sheet.text[row][group.code]) if group.code is not None else ""
    name = squeeze(sheet.text[row][group.name])
    names = [code, group.qualify(sheet.text[row][group.name]), name, bare_name(name)]
    known = contract.field_of(names, block.period)
    if known is not None and known not in content.texts:
        units = _read_units(block, group, row)
        for record, value in zip(records, group.values, strict=False):
            record.texts[known], record.kinds[known] = [sheet.text[row][value]], [sheet.kind_at(row, value)]
            record.indicator_rows.add(row)
            record.cells[known] = cell_address(row, value)
            record.headings[known] = quote(bare_name(name))
            if units:
                record.units[known] = units
        content.classes.counts["body"] += len(cells)
        return
    reason = contract.reason_to_ignore([*names, "*"], block.period)
    if reason is not None:
        content.classes.ignore(reason, len(cells))
    elif known is not None:
        content.classes.ignore("重复的指标", len(cells))
        message = f"指标“{contract.columns[known][0]}”出现两次；请删去其一"
        content.problems.append(block.problem("delivery__duplicate_header", row, group.name, message))
    elif set(group.values) & set(cells):
        content.classes.ignore("未知指标", len(cells))
        message = "此指标不是这张表规定的指标；请核对名称与代码，确需增加的请联系数据管理员"
        if contract.is_dated(names):
            content.problems.append(block.problem("delivery__period_mismatch", row, group.name, OTHER_PERIOD))
        else:
            content.problems.append(block.problem("delivery__unknown_header", row, group.name, message))
    else:
        content.classes.counts["header"] += len(cells)


def _read_units(block: Block, group: IndicatorGroup, row: int) -> list[StatedText]:
    """Read the units of measure of an indicator: in the column of units, then behind its name."""
    columns = [column for column in (group.unit, group.name) if column is not None]
    units = {column: unit_of([squeeze(block.sheet.text[row][column])]) for column in columns}
    return [StatedText(unit, cell_address(row, column)) for column, unit in units.items() if unit]


def _ignore_other_column(content: BlockContent, header_row: int, row: int, column: int) -> None:
    """Classify a cell beyond the value columns: by its column's heading where the contract names it."""
    block = content.block
    reason = block.contract.reason_to_ignore([block.text_at(header_row, column), "*"], block.period)
    content.classes.ignore(reason or "数量栏以外的列", 1)
    if reason is not None:
        content.unread_columns.add(column)
        content.passed_over.append(row)
    elif not block.contract.dated_values.find_of_any([block.text_at(header_row, column)]):
        message = "数量栏以外有内容；请删去该内容"
        content.problems.append(block.problem("delivery__unknown_header", row, column, message))
