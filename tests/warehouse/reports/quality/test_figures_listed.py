"""The district's figures by status."""

from decimal import Decimal

from tests.warehouse.reports.quality.made_up import published
from warehouse.reports.quality.figures import figure_statuses_of


def test_figures_that_are_not_final_are_listed_with_their_reasons() -> None:
    rows = [
        {"indicator_code": code, "indicator_name": name, "period": "2022", "unit": "头", "value": value}
        | {"status": status, "status_reasons": reasons}
        for code, name, value, status, reasons in [
            ("pigs", "生猪存栏", Decimal(1200), "incomplete", "缺报 1 份（高山镇）"),
            ("sheep", "羊存栏", None, "questioned", "待核 1 行，占 9.00%"),
            ("cows", "奶牛存栏", Decimal(30), "final", ""),
        ]
    ]
    figures = figure_statuses_of(published(figures=rows).figures)
    assert (figures.period, figures.total, dict(figures.counts)) == (
        "2022", 3, {"终值": 1, "不完整": 1, "待核": 1},
    )  # fmt: skip
    assert [(line.name, line.value, line.status, line.reasons) for line in figures.unsettled.rows] == [
        ("生猪存栏", "1,200头", "不完整", "缺报 1 份（高山镇）"),
        ("羊存栏", "无数据", "待核", "待核 1 行，占 9.00%"),
    ]
    assert figures.unsettled.rows[0].trace == "xiangcang trace pigs -p 2022"
