"""The delivery that a delimited text file holds, read in chunks of bounded size."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from sources.county.contract import TextContract, TextLayout
from sources.county.references import References, Reporter
from sources.home.receipts import SheetAccount
from sources.layout.block_content import Unconserved
from sources.layout.draft import Candidates, Draft, Part, PrintedTotal, check_reporter, refuse
from sources.layout.settle import PeriodText, settle_period
from sources.reading.cells import cell_address
from sources.reading.text_lines import Head, Tally, read_lines
from sources.text.squeeze import squeeze

_HEAD_LINES = 20


def text_draft(path: Path, file_name: str, references: References, reporter: Reporter) -> Draft:
    """Draft the delivery of a UTF-8 file by the contract that knows most of its columns.

    Contracts that expect this reporter come first. Where none fits, the draft has a reason.
    """
    contracts = references.text_contracts
    expected = [c for c in contracts if c.expects(reporter.kind, reporter.code)]
    others = [c for c in contracts if c not in expected]
    for candidates in (expected, others):
        fitting = [(c, head) for c in candidates if (head := _read_head(path, file_name, c))]
        if fitting:
            contract, head = min(fitting, key=lambda fit: len(fit[1].unknown) - len(fit[1].columns))
            return _make_draft(path, file_name, contract, head, references, reporter)
    return Draft(
        None, reasons=[refuse("no_form", "文件名与首行都不合任何约定的文本格式；请核对文件名与表头")]
    )


def _make_draft(
    path: Path, file_name: str, contract: TextContract, head: Head, references: References, reporter: Reporter
) -> Draft:
    layout = contract.text
    draft = Draft(contract, form_title=contract.title[0])
    tally = Tally()
    draft.reasons += check_reporter(references, reporter, contract, None, [("文件名", file_name)], "", "")
    for column, _ in head.unknown:
        message = "表头不在约定中；请改用规定的表头，或请数据管理员登记"
        draft.reasons.append(
            refuse("unknown_header", message, cell=cell_address(head.first_line - 2, column))
        )
    table = references.columns_to_fill(contract.table)
    for missing in [c for c in table if contract.needs(c) and c.name not in head.columns]:
        known = "、".join(contract.columns.get(missing.name, []))
        draft.reasons.append(refuse("missing_column", f"缺少“{missing.title}”列；表头可写作：{known}"))
    stated = _read_first_period(path, layout, head)
    sources = [_stated_period(layout, stated)] if stated else []
    sources.append(PeriodText("文件名", _dated_part(layout, file_name), "file"))
    draft.period, reasons = settle_period(contract, sources, "")
    draft.reasons += reasons
    on = draft.places_on

    def parts() -> Iterator[Part]:
        for frame, numbers, malformed in read_lines(path, layout, head, tally):
            yield _make_part(frame, numbers, malformed, head, tally, on)
        _finish(draft, contract, head, tally)

    draft.parts = parts
    draft.address = lambda name: (
        pl.lit(cell_address(0, head.columns.get(name, 0))[:-1]) + pl.col("sheet_row").cast(pl.String)
    )
    return draft


def _read_head(path: Path, file_name: str, contract: TextContract) -> Head | None:
    """Find the header line among the first lines, or know a file without it by its name; None for neither."""
    layout = contract.text
    if not layout.header:
        if not (layout.file_name and re.search(layout.file_name, file_name)):
            return None
        return _match_columns(layout.fields, contract, 1, 0, 0, 0)
    with path.open(encoding="utf-8", newline="") as lines:
        offset = 0
        for number in range(1, _HEAD_LINES + 1):
            line = lines.readline()
            if not line:
                return None
            offset += len(line.encode())
            names = next(csv.reader([line], delimiter=layout.delimiter), [])
            known = sum(squeeze(name) in contract.field_of_header for name in names)
            if known >= max(2, len(contract.columns) // 2):
                return _match_columns(names, contract, number + 1, offset, number - 1, 1)
    return None


def _match_columns(
    names: list[str],
    contract: TextContract,
    first_line: int,
    offset: int,
    title_lines: int,
    header_lines: int,
) -> Head:
    layout = contract.text
    head = Head(first_line, offset, len(names), {}, None, None, [], 0, title_lines, header_lines)
    townships = set(map(squeeze, contract.places.township))
    for column, name in enumerate(map(squeeze, names)):
        field = contract.field_of_header.get(name)
        if layout.period_column is not None and name == squeeze(layout.period_column):
            head.period_column = column
        elif name in townships:
            head.township = column
        elif field is not None and field not in head.columns:
            head.columns[field] = column
        elif field is None and (name in contract.ignored_headers or "*" in contract.ignored_columns):
            head.ignored += 1
        else:
            head.unknown.append((column, name))
    return head


def _stated_period(layout: TextLayout, text: str) -> PeriodText:
    return PeriodText(f"“{layout.period_column}”列", text, is_stated=True, typed=False)


def _dated_part(layout: TextLayout, file_name: str) -> str:
    """Return a file's name without what its pattern has before the date: an organisation's code is no date."""
    match = re.search(layout.file_name, file_name) if layout.file_name else None
    return file_name[: match.start()] + file_name[match.start("date") :] if match else file_name


def _read_first_period(path: Path, layout: TextLayout, head: Head) -> str | None:
    if head.period_column is None:
        return None
    with path.open("rb") as data:
        data.seek(head.offset)
        line = data.readline().decode()
    fields = next(csv.reader([line], delimiter=layout.delimiter), [])
    return fields[head.period_column].strip() if len(fields) == head.width else None


def _make_part(
    frame: pl.DataFrame, numbers: pl.Series, malformed: pl.Series, head: Head, tally: Tally, on: date
) -> Part:
    tally.body += frame.height
    texts = frame.select(pl.col(str(column)).alias(name) for name, column in head.columns.items())
    if head.period_column is not None:
        tally.periods |= set(frame[str(head.period_column)].drop_nulls().unique().to_list())
    township = frame[str(head.township)] if head.township is not None else None
    where = pl.DataFrame({"sheet_row": numbers}).select(
        sheet_name=pl.lit(""), sheet_block=pl.lit(1, dtype=pl.Int32), sheet_row="sheet_row"
    )
    return Part(Candidates(texts, None, {}, township, None, on), where, malformed)


def _finish(draft: Draft, contract: TextContract, head: Head, tally: Tally) -> None:
    """Add what only shows when the last line is read: trailer, mixed periods, and the account of lines.

    Raises Unconserved when a line is lost on the way.
    """
    layout = contract.text
    if not tally.body:
        draft.reasons.append(refuse("no_rows", "文件里没有数据行；请核对后重新报送"))
    dates = {settle_period(contract, [_stated_period(layout, text)], "")[0] for text in tally.periods}
    if len(dates) > 1:
        message = f"“{layout.period_column}”列有不止一个日期；请按日期分成几个文件"
        draft.reasons.append(refuse("period_mismatch", message))
    if layout.trailer and tally.trailer is None:
        draft.reasons.append(refuse("trailer_missing", "缺少末行的合计；文件可能不完整，请重新导出"))
    if tally.after_trailer:
        message = "合计行之后还有数据；请重新导出"
        draft.reasons.append(refuse("control_total", message, cell=f"A{tally.trailer_line}"))
    for name, text in (tally.trailer.groupdict() if tally.trailer else {}).items():
        field = "*" if name == "rows" else name
        cell = f"A{tally.trailer_line}"
        draft.printed.append(PrintedTotal("", cell, field, "合计", text, Decimal(1), None))
    classes = {
        "title": head.title_lines,
        "header": head.header_lines,
        "body": tally.body,
        "total": int(tally.trailer is not None),
    }
    columns = {name: cell_address(0, column)[:-1] for name, column in head.columns.items()}
    line_count = head.title_lines + head.header_lines + tally.lines - tally.blank
    if sum(classes.values()) != line_count:
        raise Unconserved(f"{line_count} lines read, {sum(classes.values())} classed")
    draft.sheets.append(
        SheetAccount(
            name="", hidden=False, read_cells=line_count, classes=classes, ignored_reasons={},
            columns=columns, cells={},
        )
    )  # fmt: skip
