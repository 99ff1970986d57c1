"""Files of the forms whose layout is drawn at random; the records come from the modules of `forms/`."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from random import Random

from sample import forms
from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import reporters
from sample.district.sent import Record, Sending, SentColumn, SentFile, SheetLayout
from sample.district.targets import Targets
from sample.district.times import month_text, period_end, quarter_text
from sample.files.filing import make_file
from sample.files.layouts import contract, header
from sources.county.contract import Contract, WorkbookContract

_NUMBERS = (("number",), ("number", "text"), ("thousands", "number"), ("full_width", "number"))
_MISSING = (("—",), ("/", "无"), ("",), ("--", "－"))
_LINES = ("cells", "beside", "joined")
_UNIT_PLACES = ("line", "row", "header")


def form_files(seed: int, targets: Targets, people: People) -> Iterator[SentFile]:
    """Make one clean file for each sending of every module of `forms/`."""
    for module in iter_modules(forms.__path__):
        for sending in import_module(f"{forms.__name__}.{module.name}").sendings(seed, targets, people):
            yield _make_file(seed, sending, people)


def _make_file(seed: int, sending: Sending, people: People) -> SentFile:
    reporter, form_contract = reporters()[sending.reporter], contract(sending.contract)
    rng = stream(seed, "layout", sending.contract, sending.reporter, sending.period[:4])
    layout = _draw_layout(rng, form_contract, sending)
    stated_period = _write_period(form_contract, sending.period, rng)
    period_in_name = _write_period(form_contract, sending.period, rng)
    return make_file(
        seed, people, reporter, sending.contract, sending.period, sending.records, layout,
        stated_period=stated_period, stem=f"{reporter.name}{period_in_name}{form_contract.title[0]}",
        suffix=rng.choice((".xlsx", ".xlsx", ".xlsx", ".xls")),
    )  # fmt: skip


def _draw_layout(rng: Random, form_contract: Contract, sending: Sending) -> SheetLayout:
    """Draw the layout of a form; rng: one stream per reporter and year, so that habits last the year."""
    wording = rng.randrange(3)
    has_totals = (
        isinstance(form_contract, WorkbookContract)
        and bool(form_contract.workbook.total_rows)
        and form_contract.totals != "none"
    )
    return SheetLayout(
        title=rng.choice(form_contract.title),
        columns=_make_columns(form_contract, sending.records[0], wording),
        sheet=rng.choice(("Sheet1", form_contract.title[0][:20])),
        money_unit=rng.choice(("元", "万元")),
        unit_place=rng.choice(_UNIT_PLACES),  # type: ignore[arg-type]
        numbers=rng.choice(_NUMBERS),  # type: ignore[arg-type]
        yes_no=rng.choice((("是", "否"), ("√", "×"))),
        missing=rng.choice(_MISSING),
        dates=rng.choice((("excel",), ("dot", "excel"), ("han",), ("iso",))),
        lines=rng.choice(_LINES),  # type: ignore[arg-type]
        totals=rng.choice(("top", "bottom", "bottom", "none")) if has_totals else "none",
        blank_line_every=rng.choice((0, 0, 0, 9)),
        notes_sheet=rng.random() < 0.2,
        empty_sheets=rng.choice(((), ("Sheet2", "Sheet3"))),
    )


def _make_columns(form_contract: Contract, first: Record, wording: int) -> tuple[SentColumn, ...]:
    """Make a column of each key of the first record, with 序号 before and 备注 behind where the form has them."""
    before = ("序号",) if "序号" in form_contract.ignored_columns else ()
    after = ("备注",) if "备注" in form_contract.ignored_columns and "备注" not in first else ()
    names = (*before, *first, *after)
    return tuple(SentColumn(name, (header(form_contract.name, name, wording),)) for name in names)


def _write_period(form_contract: Contract, period: str, rng: Random) -> str:
    match form_contract.grain:
        case "month":
            return month_text(period, rng.choice(("", "zero", "dot")))
        case "quarter" if form_contract.cumulative:
            return quarter_text(period, rng.choice(("", "han", "digit", "months")))
        case "quarter":
            return quarter_text(period, rng.choice(("", "han", "digit")))
        case "date":
            day = period_end(period)
            return f"{day.year}年{day.month}月{day.day}日"
    return rng.choice((f"{period}年", f"{period}年度"))
