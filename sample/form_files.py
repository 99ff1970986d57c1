"""Files of the forms that are laid out by chance: a module in `forms/` says what each of them says."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from random import Random

from sample import forms
from sample.chance import stream
from sample.district import reporters
from sample.filing import file_of
from sample.layouts import contract, header
from sample.people import People
from sample.sent import Record, Sending, SentColumn, SentFile, SheetLayout
from sample.targets import Targets
from sample.times import month_text, period_end, quarter_text
from sources.county.contract import Contract, WorkbookContract

_NUMBERS = (("number",), ("number", "text"), ("thousands", "number"), ("full_width", "number"))
_MISSING = (("—",), ("/", "无"), ("",), ("--", "－"))
_LINES = ("cells", "beside", "joined")
_UNIT_PLACES = ("line", "row", "header")


def form_files(seed: int, targets: Targets, people: People) -> Iterator[SentFile]:
    """One clean file for each sending of every module of forms."""
    for module in iter_modules(forms.__path__):
        for sending in import_module(f"{forms.__name__}.{module.name}").sendings(seed, targets, people):
            yield _file(seed, sending, people)


def _file(seed: int, sending: Sending, people: People) -> SentFile:
    reporter, said = reporters()[sending.reporter], contract(sending.contract)
    rng = stream(seed, "layout", sending.contract, sending.reporter, sending.period[:4])
    layout = _layout(rng, said, sending)
    words = _period_text(said, sending.period, rng)
    return file_of(
        seed, people, reporter, sending.contract, sending.period, sending.records, layout,
        stated_period=words, stem=f"{reporter.name}{_period_text(said, sending.period, rng)}{said.title[0]}",
        suffix=rng.choice((".xlsx", ".xlsx", ".xlsx", ".xls")),
    )  # fmt: skip


def _layout(rng: Random, said: Contract, sending: Sending) -> SheetLayout:
    """A reporter keeps its habits for a year."""
    wording = rng.randrange(3)
    has_totals = (
        isinstance(said, WorkbookContract) and bool(said.workbook.total_rows) and said.totals != "none"
    )
    return SheetLayout(
        title=rng.choice(said.title),
        columns=_columns(said, sending.records[0], wording),
        sheet=rng.choice(("Sheet1", said.title[0][:20])),
        money_unit=rng.choice(("元", "万元")),
        unit_place=rng.choice(_UNIT_PLACES),  # type: ignore[arg-type]
        numbers=rng.choice(_NUMBERS),  # type: ignore[arg-type]
        yes_no=rng.choice((("是", "否"), ("√", "×"))),
        missing=rng.choice(_MISSING),
        dates=rng.choice((("excel",), ("dot", "excel"), ("han",), ("iso",))),
        lines=rng.choice(_LINES),  # type: ignore[arg-type]
        totals=rng.choice(("top", "bottom", "bottom", "none")) if has_totals else "none",  # type: ignore[arg-type]
        blank_line_every=rng.choice((0, 0, 0, 9)),
        notes_sheet=rng.random() < 0.2,
        empty_sheets=rng.choice(((), ("Sheet2", "Sheet3"))),
    )


def _columns(said: Contract, first: Record, wording: int) -> tuple[SentColumn, ...]:
    """The record's own keys, with 序号 before them and 备注 behind them where the form has these."""
    before = ("序号",) if "序号" in said.ignored_columns else ()
    behind = ("备注",) if "备注" in said.ignored_columns and "备注" not in first else ()
    names = (*before, *first, *behind)
    return tuple(SentColumn(name, (header(said.name, name, wording),)) for name in names)


def _period_text(said: Contract, period: str, rng: Random) -> str:
    match said.grain:
        case "month":
            return month_text(period, rng.choice(("", "zero", "dot")))
        case "quarter" if said.cumulative:
            return quarter_text(period, rng.choice(("", "han", "digit", "months")))
        case "quarter":
            return quarter_text(period, rng.choice(("", "han", "digit")))
        case "date":
            day = period_end(period)
            return f"{day.year}年{day.month}月{day.day}日"
    return rng.choice((f"{period}年", f"{period}年度"))
