"""Which form lies where in a workbook, and of what period it is."""

import pytest

from tests.sources.grid import contract, drafts, rows, rules, sheet

HEADER = ["地名", "户数"]
OTHER = contract("other.rows", title=["人口表"], columns={"place": ["地名"], "households": ["户籍户数"]})


def titled_rows(deliveries: list) -> list[tuple[str, list[tuple]]]:
    return [(draft.form_title, rows(draft)) for draft in deliveries]


def test_forms_below_one_another_are_deliveries_of_their_own() -> None:
    deliveries = drafts(
        sheet(["2022年农户表"], HEADER, ["高山", 12], ["2022年人口表"], ["地名", "户籍户数"], ["高山", 13]),
        contract(), OTHER,
    )  # fmt: skip

    assert titled_rows(deliveries) == [("农户表", [("高山", 12)]), ("人口表", [("高山", 13)])]


@pytest.mark.parametrize("lower", [0, 1], ids=["in one row", "one row lower"])
def test_forms_side_by_side_are_deliveries_of_their_own(lower: int) -> None:
    right = [[None] * 2] * lower + [["2022年人口表", None], ["地名", "户籍户数"], ["高山", 13]]
    left = [["2022年农户表", None], HEADER, ["高山", 12], *[[None] * 2] * lower]
    deliveries = drafts(
        sheet(*([*left_row, None, *right_row] for left_row, right_row in zip(left, right, strict=True))),
        contract(),
        OTHER,
    )

    assert titled_rows(deliveries) == [("农户表", [("高山", 12)]), ("人口表", [("高山", 13)])]


def test_forms_side_by_side_need_no_empty_column_between_them() -> None:
    deliveries = drafts(
        sheet(
            ["2022年农户表", None, "2022年人口表", None],
            [*HEADER, "地名", "户籍户数"],
            ["高山", 12, "高山", 13],
        ),
        contract(), OTHER,
    )  # fmt: skip

    assert titled_rows(deliveries) == [("农户表", [("高山", 12)]), ("人口表", [("高山", 13)])]


def test_a_title_may_stand_over_the_middle_of_its_table() -> None:
    [draft] = drafts(
        sheet([None, "云冈区", None], [None, "2022年农户表"], ["地名", "村", "户数"], ["高山", "x", 12]),
        contract(ignored_columns={"村": "不取"}),
    )

    assert rows(draft) == [("高山", 12)]


def test_a_heading_that_reads_like_the_title_is_no_title() -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["地名", "农户表（户）"], ["高山", 12]),
        contract(columns={"place": ["地名"], "households": ["农户表"]}),
    )

    assert rows(draft) == [("高山", 12)]


def test_a_row_of_figures_that_reads_like_the_title_is_a_record() -> None:
    [draft] = drafts(sheet(["2022年农户表"], HEADER, ["农户表", 12]), contract())

    assert rows(draft) == [("农户表", 12)]


def test_a_note_that_names_another_form_does_not_end_the_form() -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], HEADER, ["高山", 12], ["与人口表一致"], ["平旺", 7]),
        contract(workbook={"footer": ["与人口表"]}), OTHER,
    )  # fmt: skip

    assert rows(draft) == [("高山", 12), ("平旺", 7)]


def test_a_title_without_a_table_is_refused() -> None:
    [draft] = drafts(sheet(["2022年农户表"], ["高山", 12]), contract())

    assert rules(draft) == [("missing_column", "A1")]


def test_a_sheet_without_title_is_known_by_its_name() -> None:
    [draft] = drafts(sheet(HEADER, ["高山", 12], name="农户 "), contract(workbook={"sheet": ["农户"]}))

    assert rows(draft) == [("高山", 12)]


def test_a_contract_that_names_its_sheets_is_not_looked_for_in_others() -> None:
    named = contract(workbook={"sheet": ["农户"]})
    grid = [["2022年农户表"], HEADER, ["高山", 12]]

    [draft] = drafts([sheet(["农户表"], name="目录"), sheet(*grid, name="农户")], named)

    assert rows(draft) == [("高山", 12)]
    assert draft.sheets[0].ignored_reasons == {"没有规定的表题": 1}


def test_empty_hidden_and_explaining_sheets_are_passed_over() -> None:
    grid = [["2022年农户表"], HEADER, ["高山", 12]]
    [draft] = drafts(
        [
            sheet(name="Sheet2"),
            sheet(*grid, name="旧表", hidden=True),
            sheet(*grid, name="填表说明"),
            sheet(*grid),
        ],
        contract(workbook={"ignore_sheets": ["填表说明"]}),
    )

    assert rows(draft) == [("高山", 12)]
    assert [facts.ignored_reasons for facts in draft.sheets] == [{}, {"隐藏工作表": 5}, {"说明页": 5}, {}]


def test_sheets_of_one_form_and_period_are_one_delivery() -> None:
    [draft] = drafts(
        [
            sheet(["2022年农户表"], HEADER, ["高山", 12], name="北区"),
            sheet(["2022年农户表"], HEADER, ["平旺", 7], name="南区"),
        ],
        contract(),
    )

    assert rows(draft) == [("高山", 12), ("平旺", 7)]


def test_sheets_of_two_periods_are_two_deliveries() -> None:
    deliveries = drafts(
        [
            sheet(["2021年农户表"], HEADER, ["高山", 12], name="a"),
            sheet(["2022年农户表"], HEADER, ["高山", 13], name="b"),
        ],
        contract(),
        file_name="农户表.xlsx",
    )

    assert [(draft.period, rows(draft)) for draft in deliveries] == [
        ("2021", [("高山", 12)]),
        ("2022", [("高山", 13)]),
    ]


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位：                20  16  年   "],
        ["填报单位：统计局              2016年"],
        ["填报单位：统计局", "（2016年度）"],
        ["二〇一六年"],
        ["报告期：2016年", "填报日期：2017年1月5日"],
        ["填报日期：", "2017年1月5日", "报告期", 2016],
    ],
)
def test_a_period_is_read_however_it_is_typed(line: list[str | int]) -> None:
    [draft] = drafts(
        sheet(["农户表"], line, HEADER, ["高山", 12]),
        contract(workbook={"reporter_line": ["填报单位"], "period_line": ["报告期"]}),
        file_name="农户表.xlsx",
    )

    assert (draft.period, draft.reasons) == ("2016", [])


def test_the_day_on_which_a_form_was_filled_in_is_no_period() -> None:
    [draft] = drafts(
        sheet(["农户表"], ["2017年1月5日"], HEADER, ["高山", 12]), contract(), file_name="2016年农户表.xlsx"
    )

    assert (draft.period, draft.reasons) == ("2016", [])


def test_a_line_that_names_another_reporter_is_refused() -> None:
    [draft] = drafts(
        sheet(["农户表"], ["填报单位：财政局      2016年"], HEADER, ["高山", 12]),
        contract(workbook={"reporter_line": ["填报单位"]}),
        file_name="农户表.xlsx",
    )

    assert rules(draft) == [("reporter_mismatch", "A2")]


def test_sheet_and_file_must_agree_on_the_period() -> None:
    [draft] = drafts(
        sheet(["农户表"], ["填报单位：    20  15 年"], HEADER, ["高山", 12]),
        contract(workbook={"reporter_line": ["填报单位"]}),
        file_name="2016年农户表.xlsx",
    )

    assert rules(draft) == [("period_mismatch", "A2")]
