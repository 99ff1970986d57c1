"""The deliveries that a workbook holds: its sheets laid out, and grouped by form and period."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl

from sources.county.lists.reporters import Reporter
from sources.county.references import References
from sources.home.receipts import Reason
from sources.layout.answers import read_answers
from sources.layout.block_content import UNCALCULATED, BlockContent, conserve
from sources.layout.code_lines import Region
from sources.layout.draft import Candidates, Draft, Part, check_reporter, refuse
from sources.layout.printed.printed_rules import printed_rules
from sources.layout.printed.printed_totals import are_missing, collect_totals
from sources.layout.settle import PeriodText, settle_period
from sources.layout.sheet import NO_TITLE, goes_on_untitled, lay_out_sheet
from sources.layout.sheet_account import account_of, all_ignored, blocks_before, count_cells
from sources.layout.units import find_agreed_units, find_scales
from sources.reading.cells import Workbook, cell_address
from sources.reading.marking.names import name_as_sent
from sources.text.values import SERIAL_START, SERIAL_START_1904


def workbook_drafts(
    workbook: Workbook, file_name: str, references: References, reporter: Reporter
) -> list[Draft]:
    """Draft a delivery a form and period that the workbook holds; one with a reason where it holds none.

    Raises Unconserved when a cell is lost on the way.
    """
    contents: list[BlockContent] = []
    ignored = {}
    for sheet in workbook.sheets:
        of_sheet, reason = lay_out_sheet(
            sheet, references, lambda content: _settle_period(content, workbook, file_name)[0]
        )
        contents.extend(of_sheet)
        if reason:
            ignored[sheet.name] = reason
        classes = [content.classes for content in of_sheet] or [all_ignored(sheet, reason)]
        conserve(sheet.name, count_cells(sheet), classes)
    if not contents:
        accounts = [account_of(sheet, [], [], ignored, []) for sheet in workbook.sheets]
        return [Draft(None, sheets=accounts, reasons=_explain_no_form(workbook, references))]
    groups: dict[tuple[str, str], list[BlockContent]] = {}
    reasons_of: dict[tuple[str, str], list[Reason]] = {}
    for content in contents:
        period, reasons = _settle(content, workbook, file_name, references, reporter)
        key = (content.block.contract.name, period)
        groups.setdefault(key, []).append(content)
        known_reasons = reasons_of.setdefault(key, [])
        known_reasons.extend(reason for reason in reasons if reason not in known_reasons)
    for key, group in groups.items():
        reasons_of[key] += _find_untitled(workbook, group[0], ignored, references)
    return [
        _make_draft(workbook, key[1], group, contents, ignored, reasons_of[key], references, reporter)
        for key, group in groups.items()
    ]


def _explain_no_form(workbook: Workbook, references: References) -> list[Reason]:
    """Explain why a workbook holds no form: because its sheet is hidden, its title not calculated, or no title is known."""
    hidden = [
        sheet
        for sheet in workbook.sheets
        if sheet.hidden and lay_out_sheet(replace(sheet, hidden=False), references)[0]
    ]
    if hidden:
        names = "、".join(f"“{sheet.name}”" for sheet in hidden)
        message = f"规定的表在隐藏的工作表{names}里；请取消隐藏后重新报送"
        return [refuse("hidden_form", message, hidden[0].name)]
    known = "、".join(sorted({c.title[0] for c in references.workbook_contracts}))
    reasons = [refuse("no_form", f"没有找到规定的表；表题应为：{known}")]
    for sheet in workbook.sheets:
        for row, kinds in enumerate(sheet.kinds):
            if "f" in kinds:
                reasons.append(
                    refuse(
                        "formula_without_result",
                        UNCALCULATED,
                        sheet.name,
                        cell_address(row, kinds.index("f")),
                    )
                )
    return reasons


def _find_untitled(
    workbook: Workbook, content: BlockContent, ignored: dict[str, str], references: References
) -> list[Reason]:
    """Find the sheets that go on with a form without its title: their records would be left out."""
    title = content.block.contract.title[0]
    message = f"这一页有“{title}”的表头和数据，却没有表题；请补上表题，不报送的请删去这一页"
    return [
        refuse("untitled_form", message, sheet.name)
        for sheet in workbook.sheets
        if ignored.get(sheet.name) == NO_TITLE and goes_on_untitled(sheet, content, references)
    ]


def _settle(
    content: BlockContent, workbook: Workbook, file_name: str, references: References, reporter: Reporter
) -> tuple[str, list[Reason]]:
    """Settle the period of a content, and collect the reasons against its layout, reporter and period."""
    sheet, contract = content.block.sheet.name, content.block.contract
    reasons = [Reason(rule=p.rule, sheet=p.sheet, cell=p.cell, message=p.message) for p in content.problems]
    name = content.reporter.text if content.reporter else None
    cell = content.reporter.cell if content.reporter else ""
    others = [
        ("表题", content.title),
        ("工作表名", sheet),
        ("文件名", name_as_sent(file_name)),
    ]
    reasons += check_reporter(references, reporter, contract, name, others, sheet, cell)
    period, period_reasons = _settle_period(content, workbook, file_name)
    return period, reasons + period_reasons


def _settle_period(content: BlockContent, workbook: Workbook, file_name: str) -> tuple[str, list[Reason]]:
    """Settle the period of a content by what its sheet, its tab and the file's name say."""
    # a page, as a CSV file, holds what numbers showed to the program that wrote it
    stated = [replace(text, typed=text.typed and workbook.format != "html") for text in content.periods]
    sheet = content.block.sheet.name
    sources = [
        *stated,
        PeriodText("表题", content.title),
        PeriodText("工作表名", sheet, "tab"),
        PeriodText("文件名", name_as_sent(file_name), "file"),
    ]
    return settle_period(content.block.contract, sources, sheet)


def _make_draft(
    workbook: Workbook,
    period: str,
    group: list[BlockContent],
    contents: list[BlockContent],
    ignored: dict[str, str],
    reasons: list[Reason],
    references: References,
    reporter: Reporter,
) -> Draft:
    """Draft one delivery. group: its contents among all contents of the workbook."""
    contract = group[0].block.contract
    table = references.columns_to_fill(contract.table)
    draft = Draft(contract, form_title=contract.title[0], period=period, reasons=list(reasons))
    scales = []
    for content in group:
        scale, unit_reasons = find_scales(content, table)
        scales.append(scale)
        content.agreed_units = find_agreed_units(content, table)
        draft.reasons.extend(reason for reason in unit_reasons if reason not in draft.reasons)
    draft.sheets = [account_of(sheet, group, contents, ignored, scales) for sheet in workbook.sheets]
    if not draft.reasons:
        draft.reasons += _check_nil(group)
    is_nil = any(content.nil_rows for content in group)
    if not draft.reasons and not is_nil and contract.owes_totals(reporter.code) and are_missing(group):
        draft.reasons.append(refuse("total_missing", _TOTAL_MISSING, group[0].block.sheet.name))
    if not any(column.pii for column in table):  # a free text about persons names them
        draft.answers = read_answers(workbook, group)
    draft.skipped = sum(content.skipped for content in group)
    draft.printed, uncalculated = collect_totals(group, scales, table)
    if contract.totals != "none":
        draft.reasons += uncalculated
    rules = [rule for region in _find_regions(group) for rule in printed_rules(region)]
    draft.printed_rules = list({(rule.sheet, rule.cell, rule.text): rule for rule in rules}.values())
    on = draft.places_on
    within = draft.within = reporter.division_code if reporter.kind in ("township", "subdistrict") else None
    draft.headings = group[0].headings

    def parts() -> Iterator[Part]:
        for number, (content, scale) in enumerate(zip(group, scales, strict=True)):
            if content.rows:
                block = blocks_before(group, number) + 1
                yield _make_part(content, number, block, scale, within, on)

    draft.parts = parts
    draft.address = _address_fields(group)
    return draft


def _check_nil(group: list[BlockContent]) -> list[Reason]:
    """Check that there are rows, or a row that says that there are none, and not both."""
    rows = any(content.rows for content in group)
    nil = [(content.block.sheet.name, row) for content in group for row in content.nil_rows]
    if not rows and not nil:
        message = "表内没有数据行；请填报，没有可报的请在第一行写“无”，然后重新报送"
        return [refuse("no_rows", message, group[0].block.sheet.name)]
    if rows and nil:
        message = "有一行写“无”，又有数据行；请去掉其一后重新报送"
        return [refuse("nil_among_rows", message, nil[0][0], cell_address(nil[0][1], 0))]
    return []


_TOTAL_MISSING = "没有合计行，文件可能不完整；请补上合计后重新报送"


def _find_regions(group: list[BlockContent]) -> list[Region]:
    """Find the region of each form of a delivery: contents beside one another under one title share it."""
    regions: list[Region] = []
    for content in group:
        block = content.block
        first = regions.pop().columns.start if content.goes_on and regions else block.first_column
        columns = range(first, block.end_column)
        regions.append(Region(block.sheet, range(block.first_row, block.end_row), columns))
    return regions


def _make_part(
    content: BlockContent, number: int, block: int, scales: dict[str, Decimal], within: str | None, on: date
) -> Part:
    columns = {name: [text or None for text in texts] for name, texts in content.texts.items()}
    texts = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    kinds = {name: "".join(kinds) for name, kinds in content.kinds.items()}
    township = pl.Series(content.township, dtype=pl.String) if content.township else None
    rows = len(content.rows)
    where = pl.DataFrame(
        {
            "sheet_name": [content.block.sheet.name] * rows,
            "sheet_block": [block] * rows,
            "sheet_row": content.rows,
            "part": [number] * rows,
        },
        schema={"sheet_name": pl.String, "sheet_block": pl.Int32, "sheet_row": pl.Int32, "part": pl.Int32},
    )
    start = SERIAL_START_1904 if content.block.sheet.from_1904 else SERIAL_START
    return Part(
        Candidates(texts, kinds, scales, township, within, on, start), where, marks=_find_marks(content)
    )


def _find_marks(content: BlockContent) -> pl.Series | None:
    """Find the records that are struck out or hidden in the sheet; None where none is."""
    sheet = content.block.sheet
    if not sheet.struck_rows and not sheet.hidden_rows:
        return None
    marks = dict.fromkeys(sheet.struck_rows, "struck_out") | dict.fromkeys(sheet.hidden_rows, "hidden")
    records = [content.indicator_rows or {row - 1} for row in content.rows]
    of_records = [next((marks[row] for row in sorted(rows & marks.keys())), None) for rows in records]
    return pl.Series(of_records, dtype=pl.String) if any(of_records) else None


def _address_fields(group: list[BlockContent]) -> Callable[[str], pl.Expr]:
    def address(field: str) -> pl.Expr:
        cell = pl.lit("")
        for number, content in enumerate(group):
            if field in content.cells:
                own_cell = pl.lit(content.cells[field])
            else:
                column = content.columns.get(field, content.block.first_column)
                own_cell = pl.lit(cell_address(0, column)[:-1]) + pl.col("sheet_row").cast(pl.String)
            cell = pl.when(pl.col("part") == number).then(own_cell).otherwise(cell)
        return cell

    return address
