"""The deliveries that a workbook holds."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import polars as pl

from schemas.field import Column
from sources.county.references import References, Reporter
from sources.home.receipts import Reason
from sources.layout.block_content import BlockContent, adds_up, conserve
from sources.layout.code_lines import Region
from sources.layout.draft import Candidates, Draft, Part, PrintedTotal, check_reporter, refuse, settle_period
from sources.layout.printed_rules import printed_rules
from sources.layout.sheet import lay_out_sheet
from sources.layout.sheet_account import account_of, all_ignored, blocks_before, count_cells
from sources.reading.cells import Workbook, cell_address
from sources.reading.marking.names import name_as_sent
from sources.text.squeeze import squeeze
from sources.text.unit import MUST_BE_STATED, dimension, factor, is_unit


def workbook_drafts(
    workbook: Workbook, file_name: str, references: References, reporter: Reporter
) -> list[Draft]:
    """One draft a form and period that the workbook holds; one with a reason where it holds none.

    Raises Unconserved when a cell is lost on the way.
    """
    laid, ignored = [], {}
    for sheet in workbook.sheets:
        found, reason = lay_out_sheet(sheet, references)
        laid.extend(found)
        if reason:
            ignored[sheet.name] = reason
        conserve(sheet.name, count_cells(sheet), [x.classes for x in found] or [all_ignored(sheet, reason)])
    if not laid:
        known = "、".join(sorted({c.title[0] for c in references.workbook_contracts}))
        facts = [account_of(sheet, [], [], ignored, []) for sheet in workbook.sheets]
        return [
            Draft(None, sheets=facts, reasons=[refuse("no_form", f"没有找到规定的表；表题应为：{known}")])
        ]
    groups: dict[tuple[str, str], list[BlockContent]] = {}
    reasons: dict[tuple[str, str], list[Reason]] = {}
    for one in laid:
        period, wrong = _told(one, file_name, references, reporter)
        key = (one.block.contract.name, period)
        groups.setdefault(key, []).append(one)
        said = reasons.setdefault(key, [])
        said.extend(reason for reason in wrong if reason not in said)
    return [
        _draft(workbook, key[1], group, laid, ignored, reasons[key], references, reporter)
        for key, group in groups.items()
    ]


def _told(
    laid: BlockContent, file_name: str, references: References, reporter: Reporter
) -> tuple[str, list[Reason]]:
    sheet, contract = laid.block.sheet.name, laid.block.contract
    reasons = [Reason(rule=p.rule, sheet=p.sheet, cell=p.cell, message=p.message) for p in laid.problems]
    said = laid.reporter.text if laid.reporter else None
    cell = laid.reporter.cell if laid.reporter else ""
    reasons += check_reporter(references, reporter, contract, said, laid.title, sheet, cell)
    stated = laid.period.text if laid.period else None
    others = [("表题", laid.title), ("工作表名", sheet), ("文件名", name_as_sent(file_name))]
    period, wrong = settle_period(contract, stated, others, sheet, laid.period.cell if laid.period else "")
    return period, reasons + wrong


def _draft(
    workbook: Workbook,
    period: str,
    group: list[BlockContent],
    laid: list[BlockContent],
    ignored: dict[str, str],
    reasons: list[Reason],
    references: References,
    reporter: Reporter,
) -> Draft:
    contract = group[0].block.contract
    table = references.columns_to_fill(contract.table)
    draft = Draft(contract, form_title=contract.title[0], period=period, reasons=list(reasons))
    scales = []
    for one in group:
        scale, wrong = _scales(one, table)
        scales.append(scale)
        draft.reasons.extend(reason for reason in wrong if reason not in draft.reasons)
    draft.sheets = [account_of(sheet, group, laid, ignored, scales) for sheet in workbook.sheets]
    if not draft.reasons and not any(one.rows for one in group):
        draft.reasons.append(refuse("no_rows", "表内没有数据行；请填报后重新报送", group[0].block.sheet.name))
    draft.skipped = sum(one.skipped for one in group)
    draft.printed = _printed(group, scales, table)
    rules = [rule for region in _regions(group) for rule in printed_rules(region)]
    draft.printed_rules = list({(rule.sheet, rule.cell, rule.text): rule for rule in rules}.values())
    on = draft.places_on
    within = reporter.division_code if reporter.kind in ("township", "subdistrict") else None

    def parts() -> Iterator[Part]:
        for number, (one, scale) in enumerate(zip(group, scales, strict=True)):
            if one.rows:
                block = blocks_before(group, number) + 1
                yield _part(one, number, block, scale, within, on)

    draft.parts = parts
    draft.address = _addresses(group)
    return draft


def _regions(group: list[BlockContent]) -> list[Region]:
    """Where each form of a delivery stands: parts beside one another under one title are one."""
    found: list[Region] = []
    for laid in group:
        block = laid.block
        first = found.pop().columns.start if laid.goes_on and found else block.first_column
        columns = range(first, block.end_column)
        found.append(Region(block.sheet, range(block.first_row, block.end_row), columns))
    return found


def _part(
    laid: BlockContent, number: int, block: int, scales: dict[str, Decimal], within: str | None, on: date
) -> Part:
    there = {name: [text or None for text in texts] for name, texts in laid.texts.items()}
    texts = pl.DataFrame(there, schema=dict.fromkeys(there, pl.String))
    kinds = {name: "".join(kinds) for name, kinds in laid.kinds.items()}
    township = pl.Series(laid.township, dtype=pl.String) if laid.township else None
    rows = len(laid.rows)
    where = pl.DataFrame(
        {
            "sheet_name": [laid.block.sheet.name] * rows,
            "sheet_block": [block] * rows,
            "sheet_row": laid.rows,
            "part": [number] * rows,
        },
        schema={"sheet_name": pl.String, "sheet_block": pl.Int32, "sheet_row": pl.Int32, "part": pl.Int32},
    )
    return Part(Candidates(texts, kinds, scales, township, within, on), where)


def _addresses(group: list[BlockContent]) -> Callable[[str], pl.Expr]:
    def address(field: str) -> pl.Expr:
        cell = pl.lit("")
        for number, laid in enumerate(group):
            if field in laid.cells:
                there = pl.lit(laid.cells[field])
            else:
                column = laid.columns.get(field, laid.block.first_column)
                there = pl.lit(cell_address(0, column)[:-1]) + pl.col("sheet_row").cast(pl.String)
            cell = pl.when(pl.col("part") == number).then(there).otherwise(cell)
        return cell

    return address


def _scales(laid: BlockContent, table: list[Column]) -> tuple[dict[str, Decimal], list[Reason]]:
    """How many of each field's unit one of its stated unit is; a money column without one is a reason."""
    scales, reasons = {}, []
    sheet, unit = laid.block.sheet.name, laid.unit
    line = [part for part in re.split("[,、;]", squeeze(unit.text).strip("()")) if part] if unit else []
    if unit and any(not is_unit(part) for part in line):
        message = "计量单位不认得；请写作元、万元、亩、户等规定的单位"
        reasons.append(refuse("unit_unknown", message, sheet, unit.cell))
    for column in table:
        if column.name not in laid.texts or column.unit is None:
            continue
        own = [laid.units[column.name]] if column.name in laid.units else line
        found = {scale for said in own if (scale := factor(said, column.unit)) is not None}
        if len(found) == 1:
            [scales[column.name]] = found
        elif column.name in laid.units or found or (dimension(column.unit) in MUST_BE_STATED and not reasons):
            message = f"没有写明“{column.title}”的计量单位，或单位不合；请在表头或单位行写明，如{column.unit}"
            heading = laid.cells.get(column.name) or cell_address(
                laid.rows[0] - 2 if laid.rows else 0, laid.columns.get(column.name, 0)
            )
            cell = unit.cell if unit is not None and column.name not in laid.units else heading
            reasons.append(refuse("unit_unknown", message, sheet, cell))
    return scales, reasons


def _printed(
    group: list[BlockContent], scales: list[dict[str, Decimal]], table: list[Column]
) -> list[PrintedTotal]:
    units = {column.name: column for column in table}
    found = []
    for number, (laid, scale) in enumerate(zip(group, scales, strict=True)):
        before = sum(len(one.rows) for one in group[:number])
        whole = _rows_added_up(group, number)
        for total in laid.totals:
            rows = (before + total.rows[0], before + total.rows[1]) if total.rows else whole
            for name, ((text, _), cell) in total.cells.items():
                contract = laid.block.contract
                if (
                    name in contract.not_totalled
                    or squeeze(text) in map(squeeze, contract.missing)
                    or not adds_up(units[name])
                ):
                    continue
                one = scale.get(name, Decimal(1))
                found.append(PrintedTotal(laid.block.sheet.name, cell, name, total.label, text, one, rows))
    return found


def _rows_added_up(group: list[BlockContent], number: int) -> tuple[int, int]:
    """The candidates, half open, that a total of a part adds up: those of all parts beside it."""
    first, end = number, number + 1
    while group[first].goes_on:
        first -= 1
    while end < len(group) and group[end].goes_on:
        end += 1
    counts = [len(laid.rows) for laid in group]
    return sum(counts[:first]), sum(counts[:end])
