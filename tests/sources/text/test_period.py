"""How a period is written."""

from datetime import date

import pytest

from sources.text.period import Grain, parse_period, period_end


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
        ("2016年住户调查资料（二季度）", "quarter", "2016-Q2"),
        ("2016年一至三季度", "quarter", "2016-Q3"),
        ("2016年1至10月社会消费品零售总额", "month", "2016-10"),
        ("二〇一六年十一月", "month", "2016-11"),
        ("2016年全年", "year", "2016"),
        ("loan_19981231", "date", "1998-12-31"),
    ],
)
def test_read(text: str, grain: Grain, period: str) -> None:
    assert parse_period(text, grain) == period


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("2022年", "quarter"),
        ("2022年5月", "quarter"),
        ("2022年一季度", "year"),
        ("2022年上半年", "year"),
        ("2022年6月", "date"),
        ("20221331", "date"),
        ("报表", "year"),
    ],
)
def test_not_of_this_grain(text: str, grain: Grain) -> None:
    assert parse_period(text, grain) is None


def test_ends() -> None:
    ends = [period_end(period) for period in ("2022", "2022-Q2", "2022-02", "2022-02-03")]
    assert ends == [date(2022, 12, 31), date(2022, 6, 30), date(2022, 2, 28), date(2022, 2, 3)]
