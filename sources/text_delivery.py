"""The delivery that a delimited text file holds, read in chunks of bounded size."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from sources.county.contract import TextContract
from sources.county.contract_layout import TextLayout
from sources.county.lists.reporters import Reporter
from sources.county.references import References
from sources.home.receipts import Reason, SheetAccount
from sources.layout.block_content import Unconserved
from sources.layout.draft import Candidates, Draft, Part, PrintedTotal, check_reporter, refuse
from sources.layout.settle import PeriodText, settle_period
from sources.layout.units import find_agreed_scales
from sources.reading.cells import cell_address
from sources.reading.delimited import TextFormat, split_record, take_record
from sources.reading.text_lines import Head, Lines, Tally, read_lines
from sources.reading.worker import Reader
from sources.text.personal import hide_in_name
from sources.text.squeeze import squeeze

_HEAD_LINES = 20
_HEAD_BYTES = 1 << 20


def text_draft(
    path: Path, file_name: str, references: References, reporter: Reporter, reader: Reader
) -> Draft:
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
            return _make_draft(path, file_name, contract, head, references, reporter, reader)
    return Draft(None, reasons=[refuse("no_form", "文件名与首行都不是规定的写法；请核对文件名与表头")])


def _make_draft(
    path: Path,
    file_name: str,
    contract: TextContract,
    head: Head,
    references: References,
    reporter: Reporter,
    reader: Reader,
) -> Draft:
    layout, form = contract.text, _form(contract.text, head.width)
    draft = Draft(contract, form_title=contract.title[0])
    draft.headings = head.headings
    tally = Tally()
    draft.reasons += check_reporter(
        references, reporter, contract, None, [("文件名", hide_in_name(file_name))], "", ""
    )
    draft.reasons += _find_wrong_headings(head)
    table = references.columns_to_fill(contract.table)
    for missing in [c for c in table if contract.needs(c) and c.name not in head.columns]:
        known = "、".join(contract.columns.get(missing.name, []))
        draft.reasons.append(refuse("missing_column", f"缺少“{missing.title}”列；表头可写作：{known}"))
    stated = _read_first_period(path, form, head)
    sources = [_stated_period(layout, stated)] if stated else []
    sources.append(PeriodText("文件名", hide_in_name(_dated_part(layout, file_name)), "file"))
    draft.period, reasons = settle_period(contract, sources, "")
    draft.reasons += reasons
    on, scales = draft.places_on, find_agreed_scales(contract, table)

    def parts() -> Iterator[Part]:
        for lines in read_lines(reader, path, form, head, tally):
            yield _make_part(lines, head, tally, scales, on)
        _finish(draft, contract, head, tally, scales, ends_in_a_line_end=_ends_in_a_line_end(path))

    draft.parts = parts
    draft.address = lambda name: (
        pl.lit(cell_address(0, head.columns.get(name, 0))[:-1]) + pl.col("sheet_row").cast(pl.String)
    )
    return draft


def _form(layout: TextLayout, width: int = 0) -> TextFormat:
    return TextFormat(layout.delimiter, layout.quote, width, layout.trailer)


def _find_wrong_headings(head: Head) -> list[Reason]:
    unknown = "表头不是规定的栏目；请改用规定的表头，确需增加的请联系数据管理员"
    twice = "表头与前面的一列是同一栏；请只留一列"
    return [
        refuse(rule, message, cell=cell_address(head.first_line - 2, column))
        for rule, message, columns in (
            ("unknown_header", unknown, head.unknown),
            ("duplicate_header", twice, head.twice),
        )
        for column, _ in columns
    ]


def _read_head(path: Path, file_name: str, contract: TextContract) -> Head | None:
    """Find the header line among the first lines, or know a file without it by its name; None for neither."""
    layout = contract.text
    if not layout.header:
        if not (layout.file_name and re.search(layout.file_name, file_name)):
            return None
        names = _list_fields(path, layout)
        return _match_columns(names, contract, Head(1, 0, len(names), 0, 0))
    lines = _first_lines(path, 0)
    at = offset = 0
    while at < min(len(lines), _HEAD_LINES):
        record, taken = take_record(lines, at, _form(layout))
        offset += sum(len(line) + 1 for line in lines[at : at + taken])
        names = split_record(record, _form(layout)) if record is not None else []
        known = sum(squeeze(name) in contract.field_of_header for name in names)
        if known >= max(2, len(contract.columns) // 2):
            return _match_columns(names, contract, Head(at + taken + 1, offset, len(names), at, taken))
        at += taken
    return None


def _list_fields(path: Path, layout: TextLayout) -> list[str]:
    """List the fields of a file without a header: those of the contract, with the agreed ones if its first line has them."""
    record, _ = take_record(_first_lines(path, 0), 0, _form(layout))
    width = len(split_record(record, _form(layout))) if record is not None else 0
    both = [*layout.fields, *layout.agreed_fields]
    return both if width == len(both) else layout.fields


def _first_lines(path: Path, offset: int) -> list[bytes]:
    """Read the whole lines among the bytes that begin at an offset."""
    with path.open("rb") as data:
        data.seek(offset)
        first = data.read(_HEAD_BYTES)
    lines = first.split(b"\n")
    return lines[:-1] if len(first) == _HEAD_BYTES or not lines[-1] else lines


def _match_columns(names: list[str], contract: TextContract, head: Head) -> Head:
    layout = contract.text
    townships = set(map(squeeze, contract.places.township))
    for column, name in enumerate(map(squeeze, names)):
        field = contract.field_of_header.get(name)
        if layout.period_column is not None and name == squeeze(layout.period_column):
            if head.period_column is not None:
                head.twice.append((column, name))
            head.period_column = column
        elif name in townships:
            if head.township is not None:
                head.twice.append((column, name))
            head.township = column
        elif field is not None:
            if head.columns.setdefault(field, column) != column:
                head.twice.append((column, name))
            head.headings |= {field: name} if layout.header else {}
        elif name not in contract.ignored_headers and "*" not in contract.ignored_columns:
            head.unknown.append((column, name))
    return head


def _stated_period(layout: TextLayout, text: str) -> PeriodText:
    return PeriodText(f"“{layout.period_column}”列", text, is_stated=True, typed=False)


def _dated_part(layout: TextLayout, file_name: str) -> str:
    """Return a file's name without what its pattern has before the date: an organisation's code is no date."""
    match = re.search(layout.file_name, file_name) if layout.file_name else None
    return file_name[: match.start()] + file_name[match.start("date") :] if match else file_name


def _read_first_period(path: Path, form: TextFormat, head: Head) -> str | None:
    """Read the period of the first line that is a row."""
    if head.period_column is None:
        return None
    lines = _first_lines(path, head.offset)
    for at in range(len(lines)):
        record, _ = take_record(lines, at, form)
        fields = split_record(record, form) if record is not None else []
        if len(fields) == head.width:
            return fields[head.period_column].strip()
    return None


def _ends_in_a_line_end(path: Path) -> bool:
    with path.open("rb") as data:
        data.seek(max(path.stat().st_size - 1, 0))
        return data.read() == b"\n"


def _make_part(lines: Lines, head: Head, tally: Tally, scales: dict[str, Decimal], on: date) -> Part:
    frame = lines.frame
    texts = frame.select(pl.col(str(column)).alias(name) for name, column in head.columns.items())
    if head.period_column is not None:
        tally.periods |= set(frame[str(head.period_column)].drop_nulls().unique().to_list())
    township = frame[str(head.township)] if head.township is not None else None
    where = pl.DataFrame({"sheet_row": lines.numbers}).select(
        sheet_name=pl.lit(""), sheet_block=pl.lit(1, dtype=pl.Int32), sheet_row="sheet_row"
    )
    return Part(Candidates(texts, None, scales, township, None, on), where, lines.broken)


def _finish(
    draft: Draft,
    contract: TextContract,
    head: Head,
    tally: Tally,
    scales: dict[str, Decimal],
    *,
    ends_in_a_line_end: bool,
) -> None:
    """Add what only shows when the last line is read: trailer, mixed periods, and the account of lines.

    Raises Unconserved when a line is lost on the way.
    """
    layout = contract.text
    if not tally.body and not _prints_no_rows(layout, tally):
        draft.reasons.append(refuse("no_rows", "文件里没有数据行；请核对后重新报送"))
    dates = {settle_period(contract, [_stated_period(layout, text)], "")[0] for text in tally.periods}
    if len(dates) > 1:
        message = f"“{layout.period_column}”列有不止一个日期；请按日期分成几个文件"
        named = tuple(sorted({*dates, draft.period} - {""}))
        draft.reasons.append(refuse("period_mismatch", message).model_copy(update={"periods": named}))
    draft.reasons += _find_wrong_ends(layout, tally, ends_in_a_line_end=ends_in_a_line_end)
    for line, text in tally.trailers[:1]:
        trailer = re.match(layout.trailer or "", text)
        for name, printed in trailer.groupdict().items() if trailer else ():
            field = "*" if name == "rows" else name
            scale = scales.get(name, Decimal(1))
            draft.printed.append(PrintedTotal("", f"A{line}", field, "合计", printed, scale, None))
    classes = {
        "title": head.title_lines,
        "header": head.header_lines,
        "body": tally.body,
        "total": len(tally.trailers),
        "footer": len(tally.others_after_trailer) + len(tally.end_marks),
        "blank": tally.blank,
        "continued": tally.continued,
    }
    columns = {name: cell_address(0, column)[:-1] for name, column in head.columns.items()}
    line_count = head.first_line - 1 + tally.lines
    if sum(classes.values()) != line_count:
        raise Unconserved(f"{line_count} lines read, {sum(classes.values())} classed")
    draft.sheets.append(
        SheetAccount(
            name="", hidden=False, read_cells=line_count, classes=classes, ignored_reasons={},
            columns=columns, cells={}, scales={name: f"{scale.normalize():f}" for name, scale in scales.items()},
            agreed_units={name: contract.units[name] for name in scales},
        )
    )  # fmt: skip


def _prints_no_rows(layout: TextLayout, tally: Tally) -> bool:
    """Whether the trailer itself says that there are no rows: such a file reports that there is nothing."""
    trailers = [re.match(layout.trailer or "", text) for _, text in tally.trailers]
    rows = [match.groupdict().get("rows") for match in trailers if match]
    return len(rows) == 1 and rows[0] is not None and int(rows[0]) == 0


def _find_wrong_ends(layout: TextLayout, tally: Tally, *, ends_in_a_line_end: bool) -> list[Reason]:
    """Find what is wrong with the end of a file, by which alone one shows that it is whole."""
    lines = "、".join(str(line) for line, _ in tally.trailers)
    reasons = [_end_mark(line) for line in tally.end_marks[:1]]
    if layout.trailer and not tally.trailers:
        reasons.append(refuse("trailer_missing", "缺少末行的合计；文件可能不完整，请重新导出"))
    if not layout.trailer and not ends_in_a_line_end and tally.lines:
        message = "末行没有换行，文件可能在传输中被截断；请重新导出、重新传送"
        reasons.append(refuse("cut_short", message, cell=f"A{tally.last_line}"))
    if len(tally.trailers) > 1:
        message = f"合计行不止一行（第 {lines} 行）；文件可能被拼接过，请重新导出"
        reasons.append(refuse("trailer_repeated", message, cell=f"A{tally.trailers[1][0]}"))
    for line, text in tally.trailers[:1]:
        trailer = re.match(layout.trailer or "", text)
        rest = text[trailer.end() :] if trailer else ""
        if rest and not rest.strip(layout.delimiter + " "):
            message = (
                "合计行后面补了分隔符，文件多半用 Excel 另存过，编号的前导零可能已丢；请从业务系统重新导出"
            )
            reasons.append(refuse("trailer_padded", message, cell=f"A{line}"))
        elif rest:
            message = "合计行里合计之后还有别的内容；请从业务系统重新导出"
            reasons.append(refuse("trailer_unread", message, cell=f"A{line}"))
    if tally.rows_after_trailer:
        message = "合计行之后还有数据；请重新导出"
        reasons.append(refuse("control_total", message, cell=f"A{tally.trailers[0][0]}"))
    for line in tally.others_after_trailer[:1]:
        message = f"合计行之后（第 {line} 行）还有别的内容，如附注；请删去后重新报送"
        reasons.append(refuse("after_trailer", message, cell=f"A{line}"))
    return reasons


def _end_mark(line: int) -> Reason:
    message = f"第 {line} 行是文件结束符（^Z），文件可能被拼接或改动过；请删去此行，或从业务系统重新导出"
    return refuse("end_mark", message, cell=f"A{line}")
