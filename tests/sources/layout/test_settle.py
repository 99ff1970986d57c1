"""How the period of a delivery is settled from what sheet, tab and file name say."""

import pytest

from sources.county.contract import Contract, contract_of
from sources.layout.settle import PeriodText, settle_period


def contract(cadence: str, **terms: object) -> Contract:
    return contract_of(
        {
            "name": "form", "table": "form", "title": ["表"], "reporters": ["township"], "cadence": cadence,
            "due_days": 10, "columns": {}, "workbook": {"shape": "rows"},
        }
        | terms
    )  # fmt: skip


FORMS = {
    "year": contract("year"),
    "quarter": contract("quarter"),
    "month": contract("month"),
    "date": contract("month", period="date"),
    "half": contract("half"),
    "ten days": contract("ten_days"),
    "once": contract("once", first="2022-10-01", period="date"),
    "quarter from January": contract("quarter", cumulative=True),
    "month from January": contract("month", cumulative=True),
}


def settle(
    form: str, stated: str = "", tab: str = "Sheet1", file: str = "表.xlsx", *, title: str = ""
) -> str:
    """Return the period, or `refuse` where there is a reason."""
    sources = [PeriodText("报告期", stated, cell="B2", is_stated=True)] if stated else []
    sources += [
        PeriodText("表题", title),
        PeriodText("工作表名", tab, "tab"),
        PeriodText("文件名", file, "file"),
    ]
    period, reasons = settle_period(FORMS[form], sources, "Sheet1")
    return "refuse" if reasons else period


@pytest.mark.parametrize(
    ("stated", "form", "period"),
    [
        ("2022年6月（2022年7月5日填报）", "month", "2022-06"),
        ("2022年5—6月", "month", "refuse"),
        ("2022年4、5、6月", "month", "refuse"),
        ("2022年6月1日至6月30日", "month", "2022-06"),
        ("2022年6月1日—30日", "month", "2022-06"),
        ("2022年6月1日至7月31日", "month", "refuse"),
        ("2022年5月26日至2022年6月25日", "month", "refuse"),
        ("2022年7月5日", "month", "refuse"),
        ("2022年6月30日", "month", "2022-06"),
        ("截至2022年6月底", "month", "2022-06"),
        ("2022年元月", "month", "2022-01"),
        ("二〇二二年十二月", "month", "2022-12"),
        ("二O二二年六月份", "month", "2022-06"),
        ("22年6月", "month", "2022-06"),
        ("2022年6月上旬", "month", "refuse"),
        ("2022年6月上旬", "ten days", "2022-06-D1"),
        ("2022年6月", "ten days", "refuse"),
        ("2022年6月上旬、中旬", "ten days", "refuse"),
        ("2022年6月上旬（2022年6月12日填报）", "ten days", "2022-06-D1"),
        ("2022年上半年", "half", "2022-H1"),
        ("2022年度下半年", "half", "2022-H2"),
        ("2022年二季度", "half", "refuse"),
        ("2022年", "half", "refuse"),
        ("2022年10月1日", "once", "2022-10-01"),
        ("2022年6月第3周", "month", "refuse"),
        ("2022年1月—2022年6月", "month", "refuse"),
        ("2022年1-6月", "month", "refuse"),
        ("2022年1一6月", "month", "refuse"),
        ("2022年五六月", "month", "refuse"),
        ("2022年5月和6月", "month", "refuse"),
        ("2022.5-2022.6", "month", "refuse"),
        ("2022.5-6", "month", "refuse"),
        ("2022年6月累计", "month", "refuse"),
        ("2022年5.6月", "month", "refuse"),
        ("2022年5月暨6月", "month", "refuse"),
        ("2022年6月以来", "month", "refuse"),
        ("2022年6月（截至6月25日）", "month", "refuse"),
        ("06/2022", "month", "2022-06"),
        ("2022_06", "month", "2022-06"),
        ("Jun-22", "month", "refuse"),
        ("2022年1-6月", "month from January", "2022-06"),
        ("年初至2022年6月", "month from January", "2022-06"),
        ("2022年4-6月", "month from January", "refuse"),
        ("2022年闰四月", "month", "refuse"),
        ("2202年10月", "month", "refuse"),
        ("2022年13月", "month", "refuse"),
        ("2022年二季度", "month", "refuse"),
        ("2022 6", "month", "2022-06"),
        ("２０２２／０６", "month", "2022-06"),
        ("2022-06-30 15:20:00", "month", "2022-06"),
        ("2022/7/3 15:20:00", "month", "refuse"),
        ("2022年6月 共3页", "month", "refuse"),
        ("2022年6月（上年同期2021年6月）", "month", "2022-06"),
        ("去年6月", "month", "refuse"),
        ("2022年（1—11月）", "year", "refuse"),
        ("2021年12月至2022年11月", "year", "refuse"),
        ("2022年1月至12月", "year", "2022"),
        ("2022年度", "year", "2022"),
        ("2022年12月31日", "year", "2022"),
        ("2022年末", "year", "2022"),
        ("2023年1月5日", "year", "refuse"),
        ("2021-2022年度", "year", "refuse"),
        ("2022学年", "year", "refuse"),
        ("2022年下半年", "year", "refuse"),
        ("2022年前五个月", "year", "refuse"),
        ("2022年（截至11月30日）", "year", "refuse"),
        ("2022年（11月末）", "year", "refuse"),
        ("2022年双月", "year", "refuse"),
        ("2022年冬", "year", "refuse"),
        ("June 2022", "year", "refuse"),
        ("2022年1-6", "year", "refuse"),
        ("2022年（同比2021年）", "year", "2022"),
        ("2022年一季度", "year", "refuse"),
        ("2022年春季", "year", "refuse"),
        ("2022年第二季度（4-6月）", "quarter", "2022-Q2"),
        ("2022年4-6月", "quarter", "2022-Q2"),
        ("2022年4-6月", "quarter from January", "refuse"),
        ("2022年Ⅱ季度", "quarter", "2022-Q2"),
        ("2022年第II季度", "quarter", "2022-Q2"),
        ("2022年一、二季度", "quarter", "refuse"),
        ("2022年5季度", "quarter", "refuse"),
        ("2022年上半年", "quarter from January", "2022-Q2"),
        ("2022年上半年", "quarter", "refuse"),
        ("2022年一至三季度", "quarter from January", "2022-Q3"),
        ("2022年前三季度", "quarter from January", "2022-Q3"),
        ("2022年前六个月", "quarter from January", "2022-Q2"),
        ("2022年第一季度至第二季度", "quarter from January", "2022-Q2"),
        ("20  22  年 1－6 月", "quarter from January", "2022-Q2"),
        ("2022年1-5月", "quarter from January", "refuse"),
        ("2022年第一季度（1-3月）", "quarter from January", "2022-Q1"),
        ("2Q22", "quarter", "2022-Q2"),
        ("22Q2", "quarter", "2022-Q2"),
        ("2022年6月30日", "quarter", "2022-Q2"),
        ("2022年6月", "quarter", "refuse"),
        ("2022年6月30日", "date", "2022-06-30"),
        ("20220630", "date", "2022-06-30"),
        ("2022年6月底", "date", "2022-06-30"),
        ("2022年6月", "date", "refuse"),
        ("2022年6月1日至6月30日", "date", "refuse"),
        ("2022年2月29日", "date", "refuse"),
    ],
)  # fmt: skip
def test_a_stated_period(stated: str, form: str, period: str) -> None:
    assert settle(form, stated) == period


@pytest.mark.parametrize(
    ("form", "stated", "tab", "file", "period"),
    [
        # a date behind the period in a file's name is that of sending
        ("month", "2022年6月", "Sheet1", "西韩岭乡2022年6月人居环境整治月报20220705.xlsx", "2022-06"),
        ("month", "", "Sheet1", "西韩岭乡2022年6月人居环境整治月报(2022.7.5报).xlsx", "2022-06"),
        ("month", "2022年6月", "Sheet1", "2022年6月人居环境整治月报(7.5报).xlsx", "2022-06"),
        ("month", "2022年6月", "Sheet1", "人居环境整治月报20220705.xlsx", "2022-06"),
        ("month", "2022年6月", "Sheet1", "人居环境整治月报20220705152030.xlsx", "2022-06"),
        ("month", "2022年6月", "Sheet1", "2022年6月-20220705.xlsx", "2022-06"),
        ("month", "2022年6月", "Sheet1", "2022年6月人居环境整治月报最终版0705 (2) - 副本.xlsx", "2022-06"),
        ("date", "20220630", "", "贷款台账20220630(20220705导出).csv", "2022-06-30"),
        ("date", "20220630", "", "贷款台账2022年6月(20220705).csv", "2022-06-30"),
        ("year", "2022年", "Sheet1", "村基本情况年报20230112.xlsx", "2022"),
        # but one that is too early or late, or the end of another period, is not
        ("month", "2022年5月", "Sheet1", "人居环境整治月报20220705.xlsx", "refuse"),
        ("month", "2022年6月", "Sheet1", "人居环境整治月报20220731.xlsx", "refuse"),
        ("month", "2022年6月", "Sheet1", "人居环境整治月报20220505.xlsx", "refuse"),
        ("month", "2022年6月", "Sheet1", "人居环境整治月报20230705.xlsx", "refuse"),
        ("month", "", "Sheet1", "人居环境整治月报20220705.xlsx", "refuse"),
        ("month", "", "6月", "人居环境整治月报20220705.xlsx", "refuse"),
        ("date", "20220630", "", "贷款台账20220705.csv", "refuse"),
        # a stale sheet
        ("quarter from January", "2022年一季度", "二季度", "云冈镇二季度农产品加工统计表.xlsx", "refuse"),
        ("quarter from January", "2022年一季度", "Sheet1", "云冈镇二季度农产品加工统计表.xlsx", "refuse"),
        ("quarter from January", "2022年一季度", "Q2", "表.xlsx", "refuse"),
        ("quarter from January", "2022年一季度", "Sheet1", "农产品加工1-6月.xlsx", "refuse"),
        ("month", "2022年9月", "10月", "表.xlsx", "refuse"),
        ("month", "2022年6月", "二季度", "2022年月报.xlsx", "2022-06"),
        ("month", "2022年6月", "三季度", "2022年月报.xlsx", "refuse"),
        ("month", "2022年5月", "Sheet1", "月报2206.xlsx", "refuse"),
        ("month", "2022年6月", "Sheet1", "2022年5-6月.xlsx", "refuse"),
        ("month", "2022年5月", "6.30", "表.xlsx", "refuse"),
        ("month", "2022年6月", "6.30", "月报220705.xlsx", "2022-06"),
        ("month", "2022年6月", "7.5", "月报0705.xlsx", "2022-06"),
        ("quarter", "2022年一季度", "Sheet1", "监测对象0630.xlsx", "refuse"),
        ("year", "2022年", "Sheet1", "2021-2022年度.xlsx", "refuse"),
        ("year", "2022年", "2021年", "表.xlsx", "refuse"),
        # the year from elsewhere
        ("month", "10月", "人居环境整治月报", "西韩岭乡2022年人居环境整治月报.xlsx", "2022-10"),
        ("month", "10月", "人居环境整治月报", "西韩岭乡人居环境整治月报.xlsx", "refuse"),
        ("quarter", "二季度", "2022年", "表.xlsx", "2022-Q2"),
        ("quarter", "二季度", "2022年", "2021年.xlsx", "refuse"),
        ("month", "2月29日", "Sheet1", "2022年.xlsx", "refuse"),
        ("month", "2月29日", "Sheet1", "2020年.xlsx", "2020-02"),
        # no periods
        ("year", "", "Sheet1", "云农发〔2022〕15号附件：2021年度农业生产情况表.xlsx", "2021"),
        ("year", "", "Sheet1", "云农发(2022)15号附件2021年.xlsx", "2021"),
        ("year", "2022年", "Sheet1", "村基本情况年报（2021年版）.xlsx", "2022"),
        ("quarter", "2022年一季度", "Sheet1", "四季青镇2022年一季度.xlsx", "2022-Q1"),
    ],
)  # fmt: skip
def test_sheet_tab_and_file_name(form: str, stated: str, tab: str, file: str, period: str) -> None:
    assert settle(form, stated, tab, file) == period


def test_the_reason_says_what_was_read_where() -> None:
    sources = [
        PeriodText("报告期", "2022年一季度", cell="E2", is_stated=True),
        PeriodText("工作表名", "二季度", "tab"),
        PeriodText("文件名", "云冈镇二季度.xlsx", "file"),
    ]
    period, [reason] = settle_period(FORMS["quarter from January"], sources, "二季度")

    assert (period, reason.rule, reason.sheet, reason.cell) == (
        "2022-Q1", "delivery__period_mismatch", "二季度", "E2",
    )  # fmt: skip
    assert reason.message == (
        "报告期不一致：报告期 E2 “2022年一季度”读作2022年一季度，工作表名“二季度”读作二季度，"
        "文件名“云冈镇二季度.xlsx”读作二季度；请核对后重新报送"
    )


def test_a_number_that_may_have_lost_a_zero_is_no_month() -> None:
    readings = {
        text: settle_period(FORMS["month"], [PeriodText("报告期", text, is_stated=True, typed=False)], "")[0]
        for text in ("2022.1", "2022.10", "2022.01", "2022.2", "2022.11", "202210")
    }

    assert readings == {
        "2022.1": "", "2022.10": "2022-10", "2022.01": "2022-01", "2022.2": "2022-02", "2022.11": "2022-11",
        "202210": "2022-10",
    }  # fmt: skip
    assert settle("month", "2022.1") == "2022-01"


def test_a_text_that_goes_on_with_a_person_is_not_quoted_whole() -> None:
    source = PeriodText("报告期", "2022年5-6月 张三 140211199001011234", cell="B2", is_stated=True)
    _, [reason] = settle_period(FORMS["month"], [source], "")

    assert "张三" not in reason.message
    assert "1990" not in reason.message


@pytest.mark.parametrize(
    ("form", "stated", "file", "periods"),
    [
        ("month", "2021年3月", "2022年03月报表.xlsx", ("2021-03", "2022-03")),
        ("quarter", "2022年第二季度", "2022年三季度.xlsx", ("2022-Q2", "2022-Q3")),
        ("date", "2月29日", "2022年.xlsx", ()),  # there was no such day
    ],
)
def test_a_delivery_whose_periods_disagree_says_which_it_may_be_of(
    form: str, stated: str, file: str, periods: tuple[str, ...]
) -> None:
    sources = [PeriodText("报告期", stated, cell="B2", is_stated=True), PeriodText("文件名", file, "file")]
    period, (reason,) = settle_period(FORMS[form], sources, "Sheet1")

    assert (reason.rule, reason.periods) == ("delivery__period_mismatch", periods)
    assert period in (*periods, "")
