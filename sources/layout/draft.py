"""Drafts: deliveries laid out, before their rows are validated; checks of reporter and period."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from sources.county.contract import Contract
from sources.county.references import References, Reporter
from sources.home.receipts import PrintedRule, Reason, SheetAccount
from sources.text.period import counts_from_january, parse_period, period_end
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
    title: str,
    sheet: str,
    cell: str,
) -> list[Reason]:
    """Check that the folder's reporter sends this form, and is the one that the sheet names.

    stated: the reporter that a line of the sheet states; where none does, the title is searched for others.
    """
    reasons = []
    if not contract.expects(reporter.kind, reporter.code):
        message = f"“{reporter.name}”不报送“{contract.title[0]}”；请核对投放的文件夹"
        reasons.append(refuse("reporter_not_expected", message, sheet))
    named = references.names(stated) if stated else []
    others = [r.name for r in references.names(title) if r.kind == reporter.kind and r != reporter]
    if (stated and reporter not in named) or (not stated and others):
        stated_names = "、".join([r.name for r in named] or others) or "其他单位"
        message = f"文件夹属于“{reporter.name}”，表内填报单位为“{stated_names}”；请核对后重新报送"
        reasons.append(refuse("reporter_mismatch", message, sheet, cell))
    return reasons


def settle_period(
    contract: Contract, stated: str | None, others: list[tuple[str, str]], sheet: str, cell: str
) -> tuple[str, list[Reason]]:
    """Settle the period of a delivery: what the sheet states, else the first other source that states one.

    others: (name in Chinese, text) of each source, most trusted first; any that disagrees is a reason.
    """
    grain = contract.grain
    sources = [*([("报告期", stated)] if stated else []), *others]
    parsed = [(name, parse_period(text, grain)) for name, text in sources]
    periods = [(name, period) for name, period in parsed if period]
    if stated and not parsed[0][1]:
        message = f"报告期“{_keep_dates(stated)}”不是规定的写法；请写作如 {PERIOD_EXAMPLES[grain]}"
        return "", [refuse("period_missing", message, sheet, cell)]
    if not periods:
        return "", [
            refuse("period_missing", f"没有写明报告期；请写作如 {PERIOD_EXAMPLES[grain]}", sheet, cell)
        ]
    if grain in ("month", "quarter") and not contract.cumulative:
        for name, text in sources:
            if counts_from_january(text):
                message = f"{name}是从一月起的累计，本表只报当期；请改正后重新报送"
                return periods[0][1], [refuse("period_mismatch", message, sheet, cell)]
    name, period = periods[0]
    for other, different in periods[1:]:
        if different != period:
            message = f"{name}为 {period}，{other}为 {different}，两者不一致；请核对后重新报送"
            return period, [refuse("period_mismatch", message, sheet, cell)]
    return period, []


PERIOD_EXAMPLES = {"year": "2022年", "quarter": "2022年一季度", "month": "2022年6月", "date": "2022年6月30日"}
"""How a period of each grain is written."""


def _keep_dates(text: str) -> str:
    """Keep digits and the words of dates alone: a line may go on with a person's name."""
    kept = "".join(c for c in text if c.isdigit() or c in "年月日季度第一二三四上半全-—./ ")
    return re.sub(r"\d{9,}", "…", kept)[:20]
