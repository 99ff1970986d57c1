"""Periods as they are counted, and the times that a text names."""

from datetime import date

import pytest

from sources.text.period import (
    Grain,
    grain_of,
    is_period,
    period_before,
    period_end,
    period_of,
    period_start,
    periods_of,
)
from sources.text.period_mention import find_mentions


@pytest.mark.parametrize(
    ("text", "grain", "period"),
    [
        ("2022年一季度", "quarter", "2022-Q1"),
        ("2022年第3季度", "quarter", "2022-Q3"),
        ("2022Q4", "quarter", "2022-Q4"),
        ("22年二季度", "quarter", "2022-Q2"),
        ("20  22  年 1－6 月", "quarter", "2022-Q2"),
        ("二〇二二年上半年", "quarter", "2022-Q2"),
        ("2022年1-12月", "quarter", "2022-Q4"),
        ("2022年度", "year", "2022"),
        ("2022", "year", "2022"),
        ("2022年12月31日", "year", "2022"),
        ("2022年6月30日", "date", "2022-06-30"),
        ("20220630", "date", "2022-06-30"),
        ("2022.6", "month", "2022-06"),
        ("台账20220630", "month", "2022-06"),
        ("高山镇202206旅游表", "month", "2022-06"),
        ("旅游表202213", "month", None),
        ("编号2022061", "month", None),
        ("2016年一至三季度", "quarter", "2016-Q3"),
        ("2016年1至10月社会消费品零售总额", "month", "2016-10"),
        ("二〇一六年十一月", "month", "2016-11"),
        ("2016年全年", "year", "2016"),
        ("loan_19981231", "date", "1998-12-31"),
        ("2022年", "quarter", None),
        ("2022年5月", "quarter", None),
        ("2022年一季度", "year", None),
        ("2022年上半年", "year", None),
        ("2022年6月", "date", None),
        ("20221331", "date", None),
        ("报表", "year", None),
        ("2022年上半年", "half", "2022-H1"),
        ("二〇二二年下半年", "half", "2022-H2"),
        ("2022H2", "half", "2022-H2"),
        ("2022年1-6月", "half", "2022-H1"),
        ("2022年7-12月", "half", "2022-H2"),
        ("2022年12月31日", "half", "2022-H2"),
        ("2022年", "half", None),
        ("2022年二季度", "half", None),
        ("2022年6月上旬", "ten_days", "2022-06-D1"),
        ("二〇二二年十月份中旬", "ten_days", "2022-10-D2"),
        ("2022.2.28", "ten_days", "2022-02-D3"),
        ("2022年6月20日", "ten_days", "2022-06-D2"),
        ("2022年6月15日", "ten_days", None),
        ("2022年6月", "ten_days", None),
        ("2022年6月上旬至中旬", "ten_days", None),
    ],
)
def test_a_mention_read_as_a_period(text: str, grain: Grain, period: str | None) -> None:
    readings = [
        f"{mention.year}{tail}"
        for mention in find_mentions(text)
        if (tail := mention.read_as(grain, cumulative=grain in ("quarter", "month"))) is not None
    ]

    assert readings == ([period] if period else [])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2022年6月（2022年7月5日填报）", ["month", "sent"]),
        ("填报日期：2022年7月5日", ["sent"]),
        ("打印时间：2022-07-05 15:20", ["sent"]),
        ("2022年7月5日制表", ["sent"]),
        ("(7.5报)", ["sent"]),
        ("2022年7月报", ["month"]),
        ("2022年7月10日前", ["sent"]),
        ("20220705152030", ["sent"]),
        ("2022年6月（上年同期2021年6月）", ["month", "comparison"]),
        ("较2021年", ["comparison"]),
        ("2021年同期", ["comparison"]),
        ("去年6月", ["comparison"]),
        ("上年同期", []),
        ("云农发〔2022〕15号", ["other"]),
        ("云农发[2022]15号", ["other"]),
        ("2022年第15号", ["other"]),
        ("（2021年版）", ["other"]),
        ("有效期至：2023年1月", ["other"]),
        ("2022年1-6月", ["span"]),
        ("2022年6月累计", ["span"]),
        ("2022年6月1日-30日", ["span"]),
        ("2022.6.1-7.31", ["span"]),
        ("5.26-6.25", ["unclear"]),
        ("2022—2023年", ["unclear"]),
        ("2022年5月、6月", ["unclear"]),
        ("2022年6月中旬", ["unclear"]),
        ("2022年 1 2 月", ["year", "unclear"]),
        ("2022年15个村", ["year"]),
        ("2022年6月15家企业", ["month"]),
        ("四季青镇", []),
        ("三品一标", []),
        ("3个月", []),
        ("Excel2016", []),
    ],
)
def test_what_a_text_names(text: str, kinds: list[str]) -> None:
    assert [mention.kind for mention in find_mentions(text)] == kinds


@pytest.mark.parametrize(
    ("text", "grain", "is_of_grain"),
    [
        ("2022", "year", True),
        ("2022-Q4", "quarter", True),
        ("2022-Q5", "quarter", False),
        ("2022-02", "month", True),
        ("2022-13", "month", False),
        ("2022-H2", "half", True),
        ("2022-H3", "half", False),
        ("2022-06-D3", "ten_days", True),
        ("2022-06-D4", "ten_days", False),
        ("2022-13-D1", "ten_days", False),
        ("2022-02-29", "date", False),
        ("2022", "month", False),
    ],
)
def test_periods_as_they_are_kept(text: str, grain: Grain, is_of_grain: bool) -> None:
    assert is_period(text, grain) == is_of_grain


def test_ends() -> None:
    ends = [period_end(period) for period in ("2022", "2022-Q2", "2022-02", "2022-02-03")]
    assert ends == [date(2022, 12, 31), date(2022, 6, 30), date(2022, 2, 28), date(2022, 2, 3)]


@pytest.mark.parametrize(
    ("grain", "period", "first", "last", "before"),
    [
        ("year", "2022", date(2022, 1, 1), date(2022, 12, 31), "2021"),
        ("half", "2022-H1", date(2022, 1, 1), date(2022, 6, 30), "2021-H2"),
        ("half", "2022-H2", date(2022, 7, 1), date(2022, 12, 31), "2022-H1"),
        ("quarter", "2022-Q1", date(2022, 1, 1), date(2022, 3, 31), "2021-Q4"),
        ("month", "2022-02", date(2022, 2, 1), date(2022, 2, 28), "2022-01"),
        ("ten_days", "2022-02-D1", date(2022, 2, 1), date(2022, 2, 10), "2022-01-D3"),
        ("ten_days", "2022-02-D2", date(2022, 2, 11), date(2022, 2, 20), "2022-02-D1"),
        ("ten_days", "2022-02-D3", date(2022, 2, 21), date(2022, 2, 28), "2022-02-D2"),
        ("date", "2022-02-03", date(2022, 2, 3), date(2022, 2, 3), None),
    ],
)
def test_a_period_and_the_one_before_it(
    grain: Grain, period: str, first: date, last: date, before: str | None
) -> None:
    assert grain_of(period) == grain
    assert (period_start(period), period_end(period), period_before(period)) == (first, last, before)
    assert [period_of(day, grain) for day in (first, last)] == [period, period]


@pytest.mark.parametrize(
    ("cadence", "periods"),
    [
        ("half", ["2021-H2", "2022-H1"]),
        ("ten_days", ["2021-12-D2", "2021-12-D3", "2022-01-D1"]),
    ],
)
def test_the_periods_of_a_cadence(cadence: Grain, periods: list[str]) -> None:
    ends = [period_end(period) for period in periods]
    assert list(periods_of(cadence, cadence, ends[0], ends[-1])) == periods
