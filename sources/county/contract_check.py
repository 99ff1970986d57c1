"""Contracts held against the tables that they fill and the reporters that send them, before anything is read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from schemas.field import Column
from schemas.files.allowed import Loc
from schemas.files.faults import suggest
from schemas.files.toml_file import TomlFile
from sources.county.contract import Contract, TextContract, WorkbookContract
from sources.county.contract_files import contract_file
from sources.county.county_contracts import STOCK
from sources.county.lists.reporters import KINDS, Reporter
from sources.text.period import period_of
from sources.text.period_heading import PARTS, fill, parts_in
from sources.text.unit import factor

Fault = tuple[Loc, str]


def check_contracts(
    contracts: Mapping[str, Contract],
    files: Mapping[str, TomlFile],
    tables: Mapping[str, Sequence[Column]],
    reporters: Sequence[Reporter],
) -> None:
    """Raise ContractError for the first contract that does not fit, with all that is wrong with it.

    files: of the county's own and refined contracts, by name; the stock may name reporters that a county has not.
    tables: the columns that a file fills, by table.
    """
    for name, contract in contracts.items():
        faults = list(_check_table(contract, tables, contracts))
        if name in files:
            faults += _check_reporters(contract, reporters)
            if not contract.reporters and "reporters" not in files[name].terms:
                known = "、".join(KINDS)
                faults.append(
                    (("reporters",), f"没有写谁报送；可以写类别 {known}，或 类别:代码；不用此表的写 []")
                )
        if faults:
            raise files.get(name, contract_file(STOCK, name)).refusal(faults)


def _check_table(
    contract: Contract, tables: Mapping[str, Sequence[Column]], contracts: Mapping[str, Contract]
) -> Iterator[Fault]:
    if contract.table not in tables:
        yield ("table",), f"没有表 {contract.table}{suggest(contract.table, sorted(tables))}"
        return
    if contract.table != contract.name.partition(".")[0]:
        yield ("table",), f"表为 {contract.table}，文件名应以 {contract.table}. 开头"
    columns = {column.name: column for column in tables[contract.table]}
    for loc, field in _fields_named(contract):
        if field not in columns:
            yield loc, f"表 {contract.table} 没有字段 {field}{suggest(field, list(columns))}"
    filled = set(_fields_filled(contract))
    for column in columns.values():
        if not column.nullable and column.name not in filled:
            yield ("columns",), f"缺少字段 {column.name}（{column.title}）的表头；此字段必填"
    yield from _check_values(contract, columns)
    if isinstance(contract, TextContract):
        yield from _check_text_fields(contract)
    frame, _, form = contract.frame.partition(":")
    if frame == "form" and form not in tables:
        yield ("frame",), f"没有表 {form}{suggest(form, sorted(tables))}"
    if contract.pairs_with is not None and contract.pairs_with not in contracts:
        allowed = suggest(contract.pairs_with, sorted(contracts))
        yield ("pairs_with",), f"没有表式 {contract.pairs_with}{allowed}"


def _fields_named(contract: Contract) -> Iterator[Fault]:
    """Give every field that a contract names, with where it does."""
    for section, names in (
        ("columns", contract.columns),
        ("units", contract.units),
        ("numeric_codes", contract.numeric_codes),
        ("formats", contract.formats),
        ("values", contract.values),
    ):
        yield from (((section, name), name) for name in names)
    yield from ((("template", "units", name), name) for name in contract.template.units)
    yield from ((("places", "level", name), name) for name in contract.places.level)
    yield from ((("not_totalled",), name) for name in contract.not_totalled)
    frame, _, field = contract.frame.partition(":")
    if frame in ("list", "open"):
        yield ("frame",), field
    if isinstance(contract, WorkbookContract):
        yield from ((("workbook", "lines", name), name) for name in contract.workbook.lines)
        if contract.workbook.value_name is not None:
            yield ("workbook", "value_name"), contract.workbook.value_name
    else:
        groups = contract.text.trailer_groups - {"rows"}
        yield from ((("text", "trailer"), name) for name in sorted(groups))


def _fields_filled(contract: Contract) -> Iterator[str]:
    yield from contract.columns
    if isinstance(contract, WorkbookContract):
        yield from contract.workbook.lines
        yield contract.workbook.value_name or ""


def _check_values(contract: Contract, columns: Mapping[str, Column]) -> Iterator[Fault]:
    """Find headings that are empty, texts that stand for no value of their field, formats of what is no day."""
    for field, headings in contract.columns.items():
        if not headings:
            yield ("columns", field), "没有写表头；应为方括号里的清单"
    yield from _check_period_headings(contract)
    for field, stands_for in contract.values.items():
        allowed = columns[field].allowed if field in columns else None
        for text, value in stands_for.items():
            if allowed is not None and value not in allowed:
                yield ("values", field, text), f"{field} 没有取值“{value}”；可以写：{'、'.join(allowed)}"
    for field in contract.formats:
        if field in columns and columns[field].dtype != pl.Date:
            yield ("formats", field), f"{field} 不是日期，不能写 formats"
    for field in contract.places.level:
        if field in columns and columns[field].place is None:
            yield ("places", "level", field), f"{field} 不是地名，不能写级别"
    yield from _check_units(contract, columns)
    yield from _check_codes(contract, columns)


def _check_period_headings(contract: Contract) -> Iterator[Fault]:
    """Find parts of a period that a form's period has not, and any in a text file."""
    headings: list[tuple[Loc, str]] = [
        (("columns", field), heading) for field, known in contract.columns.items() for heading in known
    ]
    headings += [(("ignored_columns", heading), heading) for heading in contract.ignored_columns]
    if isinstance(contract, WorkbookContract):
        headings += [(("workbook", "value_column"), heading) for heading in contract.workbook.value_column]
    known_parts, faults = PARTS[contract.grain], list[Fault]()
    for loc, heading in headings:
        parts = parts_in(heading)
        if parts and isinstance(contract, TextContract):
            faults.append((loc, f"文本文件的表头里不能写报告期（{heading}）"))
        elif unknown := [part for part in parts if part not in known_parts]:
            allowed = "、".join(f"{{{part}}}" for part in known_parts)
            faults.append((loc, f"表头里不能写 {{{unknown[0]}}}；可以写：{allowed}"))
    yield from faults or _find_same_headings(contract)


def _find_same_headings(contract: Contract) -> Iterator[Fault]:
    """Find fields whose headings are the same once their period is filled in."""
    fields: dict[str, str] = {}
    for heading, field in contract.dated_fields.meanings.items():
        other = fields.setdefault(fill(heading, period_of(_SOME_DAY, contract.grain)), field)
        if other != field:
            message = f"表头“{heading}”填入报告期后既是 {other} 又是 {field}；一个表头只能归一个字段"
            yield ("columns", field), message


_SOME_DAY = date(2021, 12, 28)


def _check_units(contract: Contract, columns: Mapping[str, Column]) -> Iterator[Fault]:
    """Find units that do not measure what their field does."""
    sections = {("units",): contract.units, ("template", "units"): contract.template.units}
    for loc, field, unit in ((loc, *item) for loc, units in sections.items() for item in units.items()):
        wanted = columns[field].unit if field in columns else unit
        if wanted is None:
            yield (*loc, field), f"{field} 没有计量单位，不能写 units"
        elif factor(unit, wanted) is None:
            yield (*loc, field), f"“{unit}”与 {field} 的计量单位不合；应与{wanted}同类"


def _check_codes(contract: Contract, columns: Mapping[str, Column]) -> Iterator[Fault]:
    """Find codes that cannot be stored as numbers: what is no code, and all of a text file."""
    for field in contract.numeric_codes:
        column = columns.get(field)
        if isinstance(contract, TextContract):
            yield ("numeric_codes", field), "文本文件里没有存成数字的单元格，不能写 numeric_codes"
        elif column is not None and not column.is_free_text:
            yield ("numeric_codes", field), f"{field} 不是编号，不能写 numeric_codes"


def _check_text_fields(contract: TextContract) -> Iterator[Fault]:
    """Find headings that a text without a header line does not list."""
    if not contract.text.fields:
        return
    listed = [*contract.text.fields, *contract.text.agreed_fields]
    named: list[tuple[Loc, list[str]]] = [
        (("columns", field), headings) for field, headings in contract.columns.items()
    ]
    named += [(("places", "township"), contract.places.township)]
    named += [(("text", "period_column"), list(filter(None, [contract.text.period_column])))]
    for loc, headings in named:
        if headings and not set(headings) & set(listed):
            yield loc, f"fields 里没有 {'、'.join(headings)}{suggest(headings[0], listed)}"


def _check_reporters(contract: Contract, reporters: Sequence[Reporter]) -> Iterator[Fault]:
    known = {(reporter.kind, reporter.code) for reporter in reporters}
    codes = [reporter.code for reporter in reporters]
    for entry in contract.reporters:
        kind, _, code = entry.partition(":")
        if kind not in KINDS:
            yield ("reporters",), f"没有类别 {kind}{suggest(kind, list(KINDS))}"
        elif code and (kind, code) not in known:
            of_kind = [reporter.code for reporter in reporters if reporter.kind == kind]
            yield ("reporters",), f"reporters.csv 里没有 {kind} 类的填报单位 {code}{suggest(code, of_kind)}"
        elif kind not in {of for of, _ in known}:
            yield ("reporters",), f"reporters.csv 里没有 {kind} 类（{KINDS[kind]}）的填报单位，此表无人报送"
    for code in contract.totals_left_out_by:
        if code != "*" and code not in codes:
            yield ("totals_left_out_by",), f"reporters.csv 里没有填报单位 {code}{suggest(code, codes)}"
