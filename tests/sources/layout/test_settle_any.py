"""Whatever way a clerk writes a period, it is read as that period or refused, never as another."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.layout.settle import PeriodText, settle_period
from sources.text.period import period_end
from tests.sources.layout.test_settle import FORMS

_HAN = "〇一二三四五六七八九"
_HAN_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_SIGNS = ("-", "—", "－", "–", "~", "～", "至", "到", "——")


def _han_year(year: int) -> str:
    return "".join(_HAN[int(digit)] for digit in str(year))


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


Spelling = Callable[[int, int], str]
MONTHS: tuple[Spelling, ...] = (
    lambda y, m: f"{y}年{m}月",
    lambda y, m: f"{y}年{m:02}月份",
    lambda y, m: f"{y % 100}年{m}月",
    lambda y, m: f"{y}.{m:02}",
    lambda y, m: f"{y}-{m}",
    lambda y, m: f"{y}/{m:02}",
    lambda y, m: f"{y}{m:02}",
    lambda y, m: f"{_han_year(y)}年{_HAN_MONTHS[m - 1]}月",
    lambda y, m: f" {y} 年 {m} 月 ",
    lambda y, m: f"{y}年{m}月".translate({48 + i: 0xFF10 + i for i in range(10)}),
    lambda y, m: f"截至{y}年{m}月底",
    lambda y, m: f"{y}年{m}月{_last_day(y, m)}日",
    lambda y, m: f"{y}年{m}月1日至{m}月{_last_day(y, m)}日",
    lambda y, m: f"{y}-{m:02}-{_last_day(y, m)}",
    lambda y, m: f"{m}月",
)
PLAIN_MONTHS = MONTHS[:10]
QUARTERS: tuple[Spelling, ...] = (
    lambda y, q: f"{y}年{_HAN[q]}季度",
    lambda y, q: f"{y}年第{q}季度",
    lambda y, q: f"{y}年度第{_HAN[q]}季度",
    lambda y, q: f"{y}Q{q}",
    lambda y, q: f"{y % 100}Q{q}",
    lambda y, q: f"{q}Q{y % 100}",
    lambda y, q: f"{y}年{'ⅠⅡⅢⅣ'[q - 1]}季度",
    lambda y, q: f"{y}年{3 * q - 2}-{3 * q}月",
    lambda y, q: f"{_han_year(y)}年{_HAN[q]}季度",
    lambda y, q: f"{_HAN[q]}季度",
)
SENT: tuple[Callable[[date], str], ...] = (
    lambda day: "",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"({day.year}.{day.month}.{day.day}报)",
    lambda day: f"（{day.year}年{day.month}月{day.day}日填报）",
    lambda day: f"({day.month}.{day.day}报)",
    lambda day: f"{day:%m%d}",
    lambda day: f"_{day:%Y%m%d%H%M%S}",
)
EXTRA = ("", "(2)", " - 副本", "最终版", "（修改稿）", "云农发〔2020〕15号附件", "较上年同期")
TABS: tuple[Spelling, ...] = (
    lambda y, m: "Sheet1",
    lambda y, m: f"{m}月",
    lambda y, m: f"{y}年",
    lambda y, m: f"{_HAN[(m + 2) // 3]}季度",
)


@given(
    year=st.integers(2015, 2030), month=st.integers(1, 12), in_sheet=st.sampled_from(MONTHS),
    in_name=st.sampled_from(MONTHS), tab=st.sampled_from(TABS), sent=st.sampled_from(SENT),
    days=st.integers(1, 60), extra=st.sampled_from(EXTRA), stale=st.integers(-12, 12),
)  # fmt: skip
@settings(max_examples=800, deadline=None)
def test_a_month(
    year: int, month: int, in_sheet: Spelling, in_name: Spelling, tab: Spelling, sent: Callable[[date], str],
    days: int, extra: str, stale: int,
) -> None:  # fmt: skip
    period = f"{year}-{month:02}"
    day = period_end(period) + timedelta(days=days)
    file = f"{extra}云冈镇{in_name(year, month)}人居环境整治月报{sent(day)}.xlsx"

    read, reasons = settle_period(FORMS["month"], _sources(in_sheet(year, month), tab(year, month), file), "")
    assert reasons or read == period
    if in_sheet in PLAIN_MONTHS and in_name in PLAIN_MONTHS:
        assert not reasons

    # what is left from another month than the file's name says
    old_year, old_month = divmod(year * 12 + month - 1 + stale, 12)
    _, reasons = settle_period(
        FORMS["month"], _sources(MONTHS[0](old_year, old_month + 1), "Sheet1", file), ""
    )
    assert bool(reasons) or stale == 0 or (stale in (-12, 12) and in_name is MONTHS[-1])


@given(
    year=st.integers(2015, 2030), quarter=st.integers(1, 4), in_sheet=st.sampled_from(QUARTERS),
    in_name=st.sampled_from(QUARTERS), sent=st.sampled_from(SENT), days=st.integers(1, 40),
    extra=st.sampled_from(EXTRA), stale=st.integers(1, 3),
)  # fmt: skip
@settings(max_examples=500, deadline=None)
def test_a_quarter(
    year: int, quarter: int, in_sheet: Spelling, in_name: Spelling, sent: Callable[[date], str], days: int,
    extra: str, stale: int,
) -> None:  # fmt: skip
    period = f"{year}-Q{quarter}"
    day = period_end(period) + timedelta(days=days)
    file = f"{extra}云冈镇{in_name(year, quarter)}农产品加工统计表{sent(day)}.xlsx"

    read, reasons = settle_period(FORMS["quarter"], _sources(in_sheet(year, quarter), "Sheet1", file), "")
    assert reasons or read == period

    old = (quarter - 1 + stale) % 4 + 1
    _, reasons = settle_period(FORMS["quarter"], _sources(in_sheet(year, old), "Sheet1", file), "")
    assert reasons


@given(
    year=st.integers(2015, 2030), first=st.integers(1, 12), last=st.integers(1, 12), sign=st.sampled_from(_SIGNS),
    form=st.sampled_from(sorted(FORMS)),
)  # fmt: skip
@settings(max_examples=500, deadline=None)
def test_a_range_is_the_period_that_it_is_or_refused(
    year: int, first: int, last: int, sign: str, form: str
) -> None:
    stated = f"{year}年{first}{sign}{last}月"
    months = {"year": (1, 12), "half": (last - 5, last), "quarter": (last - 2, last), "month": (last, last)}
    months |= dict.fromkeys(("ten days", "date", "once"), (0, 0))
    expected, steps = months.get(form, (1, last)), {"half": 6, "quarter": 3, "quarter from January": 3}

    read, reasons = settle_period(FORMS[form], _sources(stated, "Sheet1", "表.xlsx"), "")
    if reasons:
        assert (first, last) != expected or last % steps.get(form, 1)
    else:
        assert (first, last) == expected
        assert period_end(read) == date(year, last, _last_day(year, last))


def _sources(stated: str, tab: str, file: str) -> list[PeriodText]:
    return [
        PeriodText("报告期", stated, cell="B2", is_stated=True),
        PeriodText("工作表名", tab, "tab"),
        PeriodText("文件名", file, "file"),
    ]
