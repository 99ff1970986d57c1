"""The period of a delivery, settled from all that its sheet, its tab and its file's name say of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from sources.county.contract import Contract
from sources.home.receipts import Reason
from sources.layout.draft import refuse
from sources.text.period import MONTHS, Grain, period_end, period_start
from sources.text.period_mention import Mention, find_mentions, rest_of
from sources.text.period_patterns import Kind

PERIOD_EXAMPLES: dict[Grain, str] = {
    "year": "2022年",
    "half": "2022年上半年",
    "quarter": "2022年一季度",
    "month": "2022年6月",
    "ten_days": "2022年6月上旬",
    "date": "2022年6月30日",
}
"""How a period of each grain is written."""

Role = Literal["period", "around", "dated", "foreign"]


@dataclass(frozen=True)
class PeriodText:
    """A text that may name the period, and where it stands.

    place: in Chinese. group: texts of the sheet, of its tab, of the file's name. is_stated: beside a label that asks
    for the period. typed: whether it stands as it was typed; a number lost its last zero (2022.10).
    """

    place: str
    text: str
    group: Literal["sheet", "tab", "file"] = "sheet"
    cell: str = ""
    is_stated: bool = False
    typed: bool = True


@dataclass(frozen=True)
class Reading:
    """What a text names, and its part in settling the period.

    role: `period`, a period of the cadence; `around`, a year or quarter that must hold it; `dated`, the day of sending;
    `foreign`, what is no period of this form. tail: the period without its year.
    """

    source: PeriodText
    mention: Mention
    role: Role
    tail: str = ""


def settle_period(contract: Contract, sources: list[PeriodText], sheet: str) -> tuple[str, list[Reason]]:
    """Settle the period of a delivery; more than one, or what is none of this form, is a reason to refuse it.

    sources: most trusted first. A year may stand in another of them than the rest of the period.
    """
    readings = _read(contract, sources)
    periods = [reading for reading in readings if reading.role == "period"]
    years = [
        r.mention.year for r in readings if r.role in ("period", "around") and r.mention.year is not None
    ]
    cell = next((source.cell for source in sources if source.cell), "")
    period = f"{periods[0].mention.year or years[0]}{periods[0].tail}" if periods and years else ""
    example = f"请写作如 {PERIOD_EXAMPLES[contract.grain]}"
    if len({r.tail for r in periods}) > 1 or len(set(years)) > 1:
        return period, [_mismatch(readings, _list(readings, "报告期不一致"), sheet, cell)]
    if any(r.role == "foreign" for r in readings):
        heading, remedy = (
            f"报告期应为{_PERIOD_WORDS[contract.grain]}",
            "请核对后重新报送" if period else example,
        )
        if contract.grain in ("quarter", "month"):
            heading += "（本表从一月累计）" if contract.cumulative else "（本表不从一月累计）"
        return period, [_mismatch(readings, _list(readings, heading, remedy), sheet, cell)]
    if not period:
        heading = "报告期没有写明年份" if periods else "没有写明报告期"
        message = _list(readings, heading, example) if readings else f"没有写明报告期；{example}"
        return "", [refuse("period_missing", message, sheet, cell)]
    if not _is_date(period):
        return "", [_mismatch(readings, _list(readings, "报告期不一致"), sheet, cell)]
    if not all(_agrees(contract, period, r, readings) for r in readings):
        return period, [_mismatch(readings, _list(readings, "报告期不一致"), sheet, cell)]
    return period, []


def _mismatch(readings: list[Reading], message: str, sheet: str, cell: str) -> Reason:
    """Refuse a delivery that names more than one period, with all that it may be of."""
    years = {r.mention.year for r in readings if r.role in ("period", "around") and r.mention.year}
    tails = {r.tail for r in readings if r.role == "period"}
    periods = sorted(f"{year}{tail}" for year in years for tail in tails if _is_date(f"{year}{tail}"))
    return refuse("period_mismatch", message, sheet, cell).model_copy(update={"periods": tuple(periods)})


def _read(contract: Contract, sources: Iterable[PeriodText]) -> list[Reading]:
    """Read all texts; what is no time of figures (document numbers, comparisons) is left out."""
    groups: dict[str, list[tuple[PeriodText, Mention]]] = {}
    for source in sources:
        mentions = find_mentions(source.text, typed=source.typed)
        groups.setdefault(source.group, []).extend((source, m) for m in mentions if m.is_of_figures)
        if source.is_stated and _UNREAD.search(rest_of(source.text)):
            groups[source.group].append((source, Mention("unclear", _keep_dates(source.text), 0, 0)))
    return [
        Reading(source, mention, _find_role(contract, source, mention, group), _tail(contract, mention) or "")
        for group in groups.values()
        for source, mention in group
    ]


_UNREAD = re.compile(r"\d|[〇二三四五六七八九十]|(?<!统)一|[双单]月|[春夏秋冬旬周半]|[月季](?!报|度?[末底])")
"""What makes a stated period another one if it is passed over."""


def _find_role(
    contract: Contract, source: PeriodText, mention: Mention, group: list[tuple[PeriodText, Mention]]
) -> Role:
    """Find what a mention is for this form. group: all mentions of sheet, tab or file name."""
    if mention.kind == "day":
        return _find_role_of_day(contract, source, mention, group)
    if _tail(contract, mention) is not None:
        return "period"
    return "around" if mention.kind in _AROUND[contract.grain] else "foreign"


def _find_role_of_day(
    contract: Contract, source: PeriodText, mention: Mention, group: list[tuple[PeriodText, Mention]]
) -> Role:
    """Tell the day that figures are as of from that of sending, which nobody need have labelled."""
    is_period = _tail(contract, mention) is not None
    if contract.grain == "date":
        first = next((day for _, day in group if day.kind == "day" and _is_inside(day, group)), None)
        return "period" if source.is_stated or mention.is_as_of or mention is first else "dated"
    beside = [m for other, m in group if other is source or not source.is_stated]
    is_named = any(m.kind != "day" and _tail(contract, m) is not None for m in beside)
    if mention.is_as_of or (source.is_stated and not is_named):
        return "period" if is_period else "foreign"
    return "period" if is_period and (source.is_stated or not is_named) else "dated"


def _is_inside(day: Mention, group: list[tuple[PeriodText, Mention]]) -> bool:
    """Whether a day lies in the months that texts beside it name."""
    return all(m.first <= day.last <= m.last for _, m in group if m.kind in ("month", "quarter"))


def _tail(contract: Contract, mention: Mention) -> str | None:
    return mention.read_as(contract.grain, contract.cumulative)


_AROUND: dict[Grain, tuple[Kind, ...]] = {
    "year": (),
    "half": ("year",),
    "quarter": ("year",),
    "month": ("year", "quarter"),
    "ten_days": ("year", "quarter", "month"),
    "date": ("year", "quarter", "month"),
}
"""What may be named beside a period of each grain, if it holds it."""


def _is_date(period: str) -> bool:
    """Whether there is such a period; a day may have come without its year."""
    try:
        period_end(period)
    except ValueError:
        return False
    return True


def _agrees(contract: Contract, period: str, reading: Reading, readings: list[Reading]) -> bool:
    """Whether what is named beside the period holds it, or is a day on which it may have been sent.

    A day that alone stands in a tab or file name is one of the period itself or the next.
    """
    end, mention = period_end(period), reading.mention
    if reading.role == "period":  # 29 February may have come without its year
        return replace(mention, year=end.year).read_as(contract.grain, contract.cumulative) is not None
    if reading.role == "around":
        return mention.first <= end.month <= mention.last
    if reading.role == "dated" and mention.year is not None and mention.day is not None:
        day = date(mention.year, mention.last, mention.day)
        if day < period_start(period):
            return False
        group = reading.source.group
        is_named = group == "sheet" or any(r.role == "period" and r.source.group == group for r in readings)
        return is_named or day <= _add_months(end, MONTHS[contract.rhythm])
    return True


def _add_months(end: date, months: int) -> date:
    """Return the last day of the month that is some months after that of a day."""
    month = end.year * 12 + end.month - 1 + months + 1
    return date(month // 12, month % 12 + 1, 1) - timedelta(days=1)


_PERIOD_WORDS: dict[Grain, str] = {
    "year": "一个整年",
    "half": "一个半年",
    "quarter": "一个季度",
    "month": "一个月",
    "ten_days": "一旬",
    "date": "一个日期",
}


def _list(readings: list[Reading], heading: str, remedy: str = "请核对后重新报送") -> str:
    """Say what was read where: place, text and reading of each."""
    parts = dict.fromkeys(
        f"{r.source.place}{f' {r.source.cell} ' if r.source.cell else ''}“{_quote(r.source)}”读作{_describe(r)}"
        for r in readings
    )
    return f"{heading}：{'，'.join(parts)}；{remedy}"


def _quote(source: PeriodText) -> str:
    """Quote a text; of a cell the dates alone."""
    return _keep_dates(source.text) if source.group == "sheet" else source.text[:60]


def _describe(reading: Reading) -> str:
    mention = reading.mention
    year = f"{mention.year}年" if mention.year else ""
    match mention.kind:
        case "year":
            return year
        case "quarter":
            return f"{year}{'一二三四'[mention.last // 3 - 1]}季度"
        case "month":
            return f"{year}{mention.last}月"
        case "span":
            return f"{year}{mention.first}月至{mention.last}月"
        case "day":
            return f"{year}{mention.last}月{mention.day}日{'（填报日期）' if reading.role == 'dated' else ''}"
    if reading.role == "period":
        return mention.text
    if re.fullmatch(r"\d{4}\.1", mention.text):
        return "数字，1月或10月"
    return f"“{mention.text}”，不能确定是哪一期"


_DATE_CHARACTERS = frozenset(
    "年月日号季度第〇零○一二三四五六七八九十元ⅠⅡⅢⅣQHqh上下中前半全初底末旬春夏秋冬至到起止和及、,，-—–－~～./（）() "
)


def _keep_dates(text: str) -> str:
    """Keep digits and the words of dates alone: a text may go on with a person's name or number."""
    kept = "".join(c for c in text if c.isdigit() or c in _DATE_CHARACTERS).strip()
    return re.sub(r"\d{9,}", "…", kept)[:40]
