"""What the quality page says, on small frames made up here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from schemas.check_result import CheckResult
from tests.district import BUILT
from tests.warehouse.reports.quality.made_up import (
    CORRECTION,
    EXPECTED,
    LOAD,
    OUTLIER,
    check,
    delivery,
    expected_delivery,
    finding,
    frame,
    published,
)
from warehouse.reports.quality.completeness import matrices, reporting_rate_pct
from warehouse.reports.quality.content import Load, Quality, content_of
from warehouse.reports.quality.failing import HIDDEN
from warehouse.reports.quality.html import to_html
from warehouse.reports.quality.listed import DeliveryLine
from warehouse.reports.quality.reading import Published


def quality(
    *checks: CheckResult,
    deliveries: Sequence[DeliveryLine] = (delivery("d1"),),
    standing: Published | None = None,
    **options: Any,
) -> Quality:
    return content_of([LOAD], checks, deliveries, standing, BUILT, **options)


def test_the_matrix_has_a_mark_for_each_reporter_and_period() -> None:
    (matrix,) = matrices(frame(EXPECTED))

    assert matrix.periods == ("2022-09", "2022-10", "2022-11")
    assert [(who, [cell.mark if cell else None for cell in cells]) for who, cells in matrix.rows] == [
        ("高山镇", ["●", "◐↻", "·"]),
        ("口泉乡", [None, "✕", "·"]),
    ]
    mark = matrix.rows[1][1][1]
    assert mark is not None
    assert mark.description == "2022-10 未报，应报 2022-11-10，退回 2 次"
    assert (matrix.on_time, matrix.late, matrix.missing) == (1, 1, 1)
    assert matrix.reporting_rate_pct == reporting_rate_pct((matrix,)) == pytest.approx(66.67, abs=0.01)


def test_the_matrix_shows_the_latest_periods_and_the_next_two() -> None:
    months = [(year, month) for year in (2019, 2020, 2021) for month in range(1, 12)]
    past = [expected_delivery("gaoshan", f"{year}-{month:02}", "on_time") for year, month in months]
    coming = [expected_delivery("gaoshan", f"2022-{month:02}", "not_due") for month in range(1, 12)]
    (matrix,) = matrices(frame([*past, *coming], **frame(EXPECTED).schema))

    assert (len(matrix.periods), matrix.periods[-3:]) == (24, ("2021-11", "2022-01", "2022-02"))
    assert matrix.due == 33


def test_where_nothing_is_due_there_is_no_rate() -> None:
    not_due = frame([expected_delivery("gaoshan", "2022-11", "not_due")], **frame(EXPECTED).schema)
    (matrix,) = matrices(not_due)
    assert (matrix.due, matrix.reporting_rate_pct, reporting_rate_pct((matrix,))) == (0, None, None)

    page = to_html(quality(standing=replace(published(), expected=not_due)))
    assert '<dt>报送率</dt><dd>—</dd><dd class="aside">没有到期的报送</dd>' in page
    assert "到期的都按期报了" not in page


def test_failing_checks_stand_the_gravest_first() -> None:
    content = quality(
        check("low"),
        check("low_but_many", failed_rows=9),
        check("normal", importance="normal", failed_rows=1, checked_rows=1000),
        check("high", importance="high"),
        check("blocking", importance="high", blocking=True),
        check("passed", failed_rows=0),
    )

    assert [
        (failure.severity_word, failure.title.split()[0], failure.percent) for failure in content.failing
    ] == [
        ("阻断发布", "blocking", 10.0),
        ("未通过", "high", 10.0),
        ("提醒", "normal", 0.1),
        ("提醒", "low_but_many", 90.0),
        ("提醒", "low", 10.0),
    ]


def test_a_finding_is_led_to_its_file_sheet_and_cell() -> None:
    content = quality(check("odd", finding(other_delivery_id="d0", other_cells="E9")))

    (row,) = content.failing[0].rows.rows
    assert (row.file, row.sheet, row.cells, row.evidence) == (
        "高山镇/d1.xlsx",
        "Sheet1",
        "E8",
        "visits=34220",
    )
    assert row.other_place == "d0 E9"


def test_of_many_findings_fifty_are_shown_with_the_query_for_all() -> None:
    rows = check("odd", *[finding()] * 60, failed_rows=2_000, checked_rows=9_000)

    shown = quality(rows).failing[0].rows
    assert (len(shown.rows), shown.more) == (50, 1_950)
    assert shown.sql == "select * from dq_finding where check_name = 'odd'"


def test_a_row_rule_is_led_to_its_rejected_rows() -> None:
    rule = check("key__duplicate", kind="row_rule", table="staged_loan_note")

    assert quality(rule).failing[0].rows.sql == (
        "select * from dq_rejected_row where staged_table = 'loan_note' and rule = 'key__duplicate'"
    )


def test_no_value_is_shown_of_a_form_with_personal_fields() -> None:
    content = quality(
        check("odd", finding()),
        check("across", finding(), kind="reconciliation"),
        standing=published(outliers=[OUTLIER], corrections=[CORRECTION]),
        personal_tables=["rural_tourism"],
    )

    assert content.failing[0].rows.rows[0].evidence == HIDDEN
    assert content.standing is not None
    assert content.standing.reconciliation.cross_source[0].rows.rows[0].evidence == HIDDEN
    assert "34,220" not in to_html(content)
    assert "17050" not in to_html(content)


def test_outliers_and_corrections_are_told_with_their_evidence() -> None:
    standing = quality(standing=published(outliers=[OUTLIER], corrections=[CORRECTION])).standing

    assert standing is not None
    (outlier,) = standing.outliers.rows
    assert (outlier.place, outlier.what) == ("Sheet1 E8", "乡村旅游接待：接待游客人次（人次）")
    assert (outlier.value, outlier.reference, outlier.basis) == ("34,220", "1,665.41", "本主体各期 24 个数")
    assert (outlier.ratio, outlier.adjusted) == ("20.55", "")
    (correction,) = standing.corrections.rows
    assert correction["state_words"] == "原文已变，未更正"


def test_totals_and_printed_rules_that_disagree_show_both_sides() -> None:
    place = {"delivery_id": "d1", "sheet_name": "Sheet1"}
    total = place | {
        "cell": "E10",
        "field": "visits",
        "label": "合计",
        "printed": Decimal(5413),
        "computed": Decimal(5400),
    }
    rule = place | {"rule_cell": "A12", "rule": "1=2+3", "is_understood": True}
    standing = quality(
        check("across", finding(), kind="reconciliation"),
        check("control_total_agrees", finding(), kind="reconciliation"),
        standing=published(
            totals=[total | {"agrees": False}, total | {"agrees": True}],
            printed_rules=[
                rule | {"cell": "B8", "left_value": Decimal(9), "right_value": Decimal(8)},
                rule | {"rule": "4=5"},
            ],
        ),
    ).standing  # fmt: skip

    assert standing is not None
    reconciliation = standing.reconciliation
    assert (
        reconciliation.compared,
        reconciliation.totals.total,
        reconciliation.evaluated,
        reconciliation.printed_rules.total,
    ) == (2, 1, 2, 1)
    assert [(row.left, row.right, row.difference) for row in reconciliation.totals.rows] == [
        ("5,413", "5,400", "13")
    ]
    assert [(row.what, row.left, row.right) for row in reconciliation.printed_rules.rows] == [
        ("1=2+3", "9", "8")
    ]
    assert [row.title for row in reconciliation.cross_source] == ["across 应成立"]


def test_what_is_missing_stands_before_what_was_late() -> None:
    standing = quality(standing=published()).standing

    assert standing is not None
    assert [(row.reporter, row.period, row.days_late) for row in standing.overdue.rows] == [
        ("口泉乡", "2022-10", None),
        ("高山镇", "2022-10", 3),
    ]


def test_an_outlier_that_was_judged_by_another_ratio_says_so() -> None:
    row = OUTLIER | {"basis": "next_year", "value": 170.0, "reference_value": 18.0}
    standing = quality(
        standing=published(outliers=[row | {"ratio": 9.444444, "adjusted_ratio": 8.876232}])
    ).standing
    assert standing is not None
    (outlier,) = standing.outliers.rows

    assert (outlier.value, outlier.reference, outlier.ratio) == ("170", "18", "9.444")
    assert (outlier.basis, outlier.adjusted) == ("下年同期 24 个数", "除去同期变化 8.876")


def test_the_worst_reporters_and_rules() -> None:
    reporters = [
        {"reporter_code": "gaoshan", "reporter_name": "高山镇", "findings": 5},
        {"reporter_code": "kouquan", "reporter_name": "口泉乡", "findings": 0},
        {"reporter_code": "good", "reporter_name": "云冈镇", "findings": 0},
    ]
    content = quality(
        check("a", failed_rows=2),
        check("b", failed_rows=7),
        deliveries=[delivery("d1", outcome="rejected", is_open=False)],
        standing=published(reporters=reporters),
    )

    assert content.standing is not None
    assert [
        (reporter.name, reporter.missing, reporter.rejected, reporter.late, reporter.findings)
        for reporter in content.standing.reporters
    ] == [("口泉乡", 1, 0, 0, 0), ("高山镇", 0, 1, 1, 5)]
    assert [(rule.title, rule.failed_rows) for rule in content.rules] == [("b 应成立", 7), ("a 应成立", 2)]


def test_rejected_deliveries_that_are_awaited_are_listed_the_newest_first() -> None:
    content = quality(
        deliveries=[
            delivery("old", outcome="rejected", resend="awaited", received_at=datetime(2023, 1, 1)),
            delivery("new", outcome="rejected", resend="awaited"),
            delivery("resent", outcome="rejected"),
            delivery("unread", outcome="rejected", resend="uncertain", table=""),
            delivery("good"),
        ]
    )
    page = to_html(content)

    assert [row.delivery_id for row in content.awaited.rows] == ["new", "old"]
    assert [row.delivery_id for row in content.uncertain.rows] == ["unread"]
    assert '<dt>尚待重报</dt><dd>2</dd><dd class="aside">另有 1 份或已重报，' in page
    assert "resent.xlsx" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("published", "现行版本 v000007"),
        ("blocked", "读者看到的仍是版本 v000007"),
        ("failed", "原因见界面中的运行 5b8d3a52"),
    ],
)
def test_the_page_says_how_the_load_ended(state: str, words: str) -> None:
    load = Load(**(vars(LOAD) | {"state": state}))

    assert words in to_html(content_of([load], [], [], published(), BUILT))


def test_the_page_is_whole_and_refers_to_nothing_outside_itself() -> None:
    page = to_html(quality(check("odd", finding()), standing=published(outliers=[OUTLIER])))

    assert "<script" not in page
    assert "src=" not in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert page.count("<svg") == 3


def test_sample_data_are_labelled() -> None:
    assert "合成示例数据" in to_html(quality(is_synthetic=True))
    assert "合成示例数据" not in to_html(quality())


def test_what_files_say_is_escaped() -> None:
    page = to_html(quality(check("odd", finding(evidence="<b>1</b>"))))

    assert "&lt;b&gt;1&lt;/b&gt;" in page


def test_a_share_that_is_not_all_does_not_read_as_all() -> None:
    page = to_html(quality(check("odd", failed_rows=99_999, checked_rows=100_000)))

    assert "99.99%" in page
