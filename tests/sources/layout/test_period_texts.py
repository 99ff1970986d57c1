"""Where the period of a sheet is looked for: beside its label, and in cells that hold nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from sources.county.contract import Contract
from sources.county.lists.reporters import Reporter
from sources.county.references import References
from sources.layout.draft import check_in_force
from sources.reading.cells import Sheet, Workbook
from sources.workbook_delivery import workbook_drafts
from tests.sources.grid import BUREAU, contract, drafts, references, rules, sheet

HEADER = ["地名", "户数"]
MONTHLY = contract(
    cadence="month", workbook={"reporter_line": ["填报单位"], "period_line": ["报告期", "月份"]}
)


def read(*head: list[str | float | None], form: Contract = MONTHLY, file: str = "农户表.xlsx") -> str:
    """Return the period of a sheet with these rows over its table, or the rules that refuse it."""
    [draft] = drafts(sheet(["农户表"], *head, HEADER, ["高山", 12]), form, file_name=file)
    return " ".join(rule for rule, _ in rules(draft)) or draft.period


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ([["报告期：2022年6月"]], "2022-06"),
        ([["报告期：2022年6月（2022年7月5日填报）"]], "2022-06"),
        ([["报告期：2022年6月  填报日期：2022年7月5日"]], "2022-06"),
        ([["报告期：", "2022年6月", "打印时间：", "2022-07-05 15:20"]], "2022-06"),
        ([["报告期：", 2022, "年", 6, "月"]], "2022-06"),
        ([["报告期：", "2022年", "6月"]], "2022-06"),
        ([["报告期：2022年6月", "月份：5月"]], "period_mismatch"),
        ([["报告期：2022年6月"], ["（5月）"]], "period_mismatch"),
        ([["（2022年5—6月）"]], "period_mismatch"),
        ([["（2022年6月）"]], "2022-06"),
        ([["统计时间：2022年6月"]], "2022-06"),
        ([["统计时间：", "2022年5月", "报告期：", "2022年6月"]], "period_mismatch"),
        ([["报告期：2022年6月"], ["有效期至：2023年1月"], ["批准文号：云统字〔2021〕6号"]], "2022-06"),
        ([["报告期：2022年6月", "2022年7月5日"]], "2022-06"),
        ([["报告期：", 2022.1]], "period_mismatch"),
        ([["报告期：", "2022.1"]], "2022-01"),
        ([["报告期：", 2022.11]], "2022-11"),
        ([["填报单位：统计局      2022年6月"]], "2022-06"),
        ([["填报单位：统计局      2022年5月", "报告期：2022年6月"]], "period_mismatch"),
        ([["填报日期：2022年7月5日"]], "period_missing"),
    ],
)
def test_a_month(head: list[list[str | float | None]], period: str) -> None:
    assert read(*head) == period


def test_a_line_under_the_title_may_say_that_a_year_is_not_whole() -> None:
    yearly = contract(workbook={"period_line": ["报告期"]})

    assert read(["（1—11月）"], form=yearly, file="2022年农户表.xlsx") == "period_mismatch"
    assert read(["（1—12月）"], form=yearly, file="2022年农户表.xlsx") == "2022"


def test_a_number_that_a_page_shows_may_have_lost_its_zero() -> None:
    page = sheet(["农户表"], ["报告期：", "2022.1"], HEADER, ["高山", 12])
    [draft] = workbook_drafts(Workbook("html", [page]), "农户表.xls", references(MONTHLY), BUREAU)

    assert rules(draft) == [("period_mismatch", "B2")]


def test_a_day_is_read_as_its_cell_shows_it() -> None:
    page = sheet(["农户表"], ["报告期：", "2022-10-01"], HEADER, ["高山", 12])

    def periods(displays: dict[tuple[int, int], str]) -> list[str]:
        shown: Sheet = replace(page, displays=displays)
        return [draft.period for draft in drafts(shown, MONTHLY, file_name="农户表.xlsx")]

    assert (periods({(1, 1): "m"}), periods({})) == (["2022-10"], [""])


FINANCE = Reporter("finance", "财政局", "bureau", "140214000000", "财政局", date(2018, 1, 1), None)
HOSPITAL = Reporter("hospital", "区医院", "hospital", "140214000000", "区医院", date(2018, 1, 1), None)


@pytest.mark.parametrize(
    ("line", "tab", "file", "place"),
    [
        ("填报单位：", "Sheet1", "财政局2022年6月农户表.xlsx", "文件名"),
        ("填报单位：", "财政局", "2022年6月农户表.xlsx", "工作表名"),
        ("", "Sheet1", "财政局2022年6月农户表.xlsx", "文件名"),
        ("填报单位：统计局", "Sheet1", "财政局2022年6月农户表.xlsx", None),
        ("填报单位：", "Sheet1", "统计局转财政局2022年6月农户表.xlsx", None),
        ("填报单位：", "Sheet1", "区医院2022年6月农户表.xlsx", None),
    ],
)
def test_a_file_in_the_wrong_folder(line: str, tab: str, file: str, place: str | None) -> None:
    page = sheet(["农户表"], [line or None, "报告期：2022年6月"], HEADER, ["高山", 12], name=tab)
    known: References = replace(references(MONTHLY), reporters=[BUREAU, FINANCE, HOSPITAL])
    [draft] = workbook_drafts(Workbook("xlsx", [page]), file, known, BUREAU)

    messages = [reason.message for reason in draft.reasons]
    assert len(messages) == (place is not None)
    for message in messages:
        assert f"文件夹属于“统计局”，填报单位没有填，{place}写的是“财政局”" in message


def test_a_closed_reporter_sends_what_ended_before() -> None:
    closed = replace(BUREAU, valid_to=date(2023, 1, 1))
    outcomes = {
        period: [reason.message for reason in check_in_force(closed, period, date(2023, 1, 14))]
        for period in ("2022-Q4", "2022", "2023-Q1", "2023-01-10", "")
    }

    assert {period for period, messages in outcomes.items() if messages} == {"2023-Q1", "2023-01-10"}
    assert "2023-01-01" in outcomes["2023-Q1"][0]
    assert check_in_force(closed, "2023-Q1", date(2022, 12, 31)) == []


def test_a_folder_belongs_to_the_last_that_it_belonged_to() -> None:
    old = replace(BUREAU, code="old", valid_to=date(2023, 1, 1))
    new = replace(BUREAU, code="new", valid_from=date(2023, 1, 1))
    both, only_old = (replace(references(MONTHLY), reporters=reporters) for reporters in ([old, new], [old]))

    assert [both.reporter_of("统计局", day) for day in (date(2022, 12, 31), date(2023, 1, 14))] == [old, new]
    assert only_old.reporter_of("统计局", date(2023, 1, 14)) == old
    assert only_old.reporter_of("统计局", date(2017, 1, 14)) is None
    assert only_old.reporter_of("财政局", date(2022, 1, 14)) is None
