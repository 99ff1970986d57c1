"""Drafts: deliveries laid out, before their rows are validated; the check of who sends them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from sources.county.contract import Contract
from sources.county.lists.reporters import Reporter
from sources.county.references import References
from sources.home.receipts import Answer, PrintedRule, Reason, SheetAccount
from sources.text.period import period_end
from sources.text.values import SERIAL_START


@dataclass(frozen=True)
class Candidates:
    """Candidate rows as texts, with what is needed to parse them.

    texts: a column per field, rows in order. kinds: by field, a character per row; None for text files.
    units: how many of the field's unit one of the stated unit is. township: name per row, where the
    layout has it. within: else the division in which place names are looked up. on: the day of look-up.
    serial_start: day 0 of the file's serial days.
    """

    texts: pl.DataFrame
    kinds: dict[str, str] | None
    units: dict[str, Decimal]
    township: pl.Series | None
    within: str | None
    on: date
    serial_start: date = SERIAL_START


@dataclass(frozen=True)
class Part:
    """A batch of candidate rows.

    where: sheet_name, sheet_block, sheet_row. malformed: by rule, the indexes of lines that do not split into
    the fields. corrected: per row the fields that a correction filled, joined by ';'; None where none did.
    marks: per row `hidden` or `struck_out`, or null; None where none is.
    """

    candidates: Candidates
    where: pl.DataFrame
    malformed: Mapping[str, pl.Series] = field(default_factory=dict)
    corrected: pl.Series | None = None
    marks: pl.Series | None = None


@dataclass(frozen=True)
class PrintedTotal:
    """A total printed in the file.

    rows: the candidates it adds up, half open; None for all of them. text: as printed, in `scale` times the
    field's unit. field: `*` counts rows. slack: by how much it may be off, in the field's unit, as its rows are
    shown rounded.
    """

    sheet: str
    cell: str
    field: str
    label: str
    text: str
    scale: Decimal
    rows: tuple[int, int] | None
    slack: Decimal = Decimal(0)


@dataclass
class Draft:
    """One delivery before its rows are validated.

    parts: reads the candidate rows in batches; once it is exhausted, `printed` and `sheets` are complete.
    address: the cell of a field, as an expression over sheet_name and sheet_row. headings: by field, as the file has
    them. within: the division in which places lie.
    """

    contract: Contract | None
    form_title: str = ""
    period: str = ""
    reasons: list[Reason] = field(default_factory=list)
    parts: Callable[[], Iterator[Part]] = lambda: iter(())
    address: Callable[[str], pl.Expr] = lambda _: pl.lit("")
    headings: dict[str, str] = field(default_factory=dict)
    within: str | None = None
    printed: list[PrintedTotal] = field(default_factory=list)
    printed_rules: list[PrintedRule] = field(default_factory=list)
    sheets: list[SheetAccount] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    skipped: int = 0

    @property
    def places_on(self) -> date:
        """The day on which places are looked up: the contract's, else the last of the period."""
        on = self.contract.places.on if self.contract else None
        return on or (period_end(self.period) if self.period else date.max)


def refuse(rule: str, message: str, sheet: str = "", cell: str = "") -> Reason:
    """Return a reason to reject the whole delivery."""
    return Reason(rule=f"delivery__{rule}", sheet=sheet, cell=cell, message=message)


def check_reporter(
    references: References,
    reporter: Reporter,
    contract: Contract,
    stated: str | None,
    others: list[tuple[str, str]],
    sheet: str,
    cell: str,
) -> list[Reason]:
    """Check that the folder's reporter sends this form, and is the one that the delivery names.

    stated: the reporter that a line of the sheet states; where none does, no other sender of the form may be named in
    others: (place in Chinese, text) of title, tab and file name.
    """
    title = contract.title[0]
    if not contract.expects(reporter.kind, reporter.code):
        message = f"“{reporter.name}”不报送“{title}”；请核对投放的文件夹"
        return [refuse("reporter_not_expected", message, sheet)]
    if stated:
        named = references.names(stated)
        if reporter.code in {r.code for r in named}:
            return []
        names = "、".join(r.name for r in named) or "其他单位"
        message = f"文件夹属于“{reporter.name}”，表内填报单位为“{names}”；请核对后重新报送"
        return [refuse("reporter_mismatch", message, sheet, cell)]
    for place, text in others:
        named = [r for r in references.names(text) if contract.expects(r.kind, r.code)]
        if named and reporter.code not in {r.code for r in named}:
            names = "、".join(r.name for r in named)
            message = f"文件夹属于“{reporter.name}”，填报单位没有填，{place}写的是“{names}”；请填写填报单位，核对投放的文件夹"
            return [refuse("reporter_mismatch", message, sheet, cell)]
    return []


def check_in_force(reporter: Reporter, period: str, on: date) -> list[Reason]:
    """Check that a reporter which has closed by a day was in force when the period ended."""
    if not period or not reporter.is_closed_on(on) or reporter.is_valid_on(period_end(period)):
        return []
    message = (
        f"“{reporter.name}”自 {reporter.valid_to} 起不再报送，{period} 到那时还没有结束；请由接续的单位报送，"
        "或请数据管理员核对报送者名录"
    )
    return [refuse("reporter_closed", message)]
