"""The bulletin's content as plain data."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from schemas.indicator import Better
from tests.warehouse.reports.bulletin.figures_2022 import FIGURES, INDICATORS
from warehouse.reports.bulletin.breakdown import Breakdown, BreakdownCell, By, grids, worth_plotting
from warehouse.reports.bulletin.content import Bulletin, CountyTouch, content_of
from warehouse.reports.bulletin.figures import YearOfFigures
from warehouse.reports.bulletin.lines import BulletinLine, change_words
from warehouse.reports.bulletin.printed import PrintedBulletin


def line(bulletin: Bulletin, code: str) -> BulletinLine:
    (match,) = [line for chapter in bulletin.chapters for line in chapter.lines if line.code == code]
    return match


def test_chapters_stand_in_the_bulletins_order(bulletin: Bulletin) -> None:
    assert [chapter.name for chapter in bulletin.chapters] == ["党建与治理", "特优农业", "乡村建设"]
    assert bulletin.title == "云冈区2022年乡村振兴公报"
    assert bulletin.cut_off == "2023年2月1日 01:30"


def test_a_line_says_value_change_quality_and_where_from(bulletin: Bulletin) -> None:
    sales = line(bulletin, "agri_processing_sales_revenue")
    assert (sales.rendered, sales.value, sales.previous_value) == (
        "11.95亿元",
        Decimal(1194980000),
        Decimal(1000000000),
    )
    assert change_words(sales) == "+19.5%"
    assert (sales.status, sales.marks) == (
        "不完整",
        ("缺报 1 份（口泉乡）", "退回 2 行", "存疑 3 行", "更正 1 行"),
    )
    assert (sales.form, sales.source_rows) == ("农产品加工企业统计表", 10)
    assert sales.trace == "xiangcang trace agri_processing_sales_revenue -p 2022"


def test_a_ratio_changes_by_percentage_points(bulletin: Bulletin) -> None:
    assert change_words(line(bulletin, "village_bus_coverage_rate")) == "+2.37个百分点"


def test_without_a_year_before_there_is_no_change(bulletin: Bulletin) -> None:
    assert change_words(line(bulletin, "grid_count")) == "—"


def test_a_bulletin_that_was_not_printed_has_no_comparison(read_2022: Callable[..., YearOfFigures]) -> None:
    bulletin = content_of(read_2022(), None)
    assert bulletin.compared == ()
    assert line(bulletin, "rural_tourism_visits").rendered == "163,842人次"


def test_a_line_names_its_basis_where_there_are_several(
    read_2022: Callable[..., YearOfFigures], printed_2022: PrintedBulletin
) -> None:
    grids_2022 = next(row for row in FIGURES if row["indicator_code"] == "grid_count")
    both = content_of(read_2022([grids_2022, grids_2022 | {"basis": "2020", "value": "799"}]), printed_2022)
    assert [(line.basis, line.value) for line in both.chapters[0].lines] == [
        ("2020", Decimal(799)),
        ("2022", Decimal(810)),
    ]


def test_statuses_are_counted(bulletin: Bulletin) -> None:
    assert bulletin.statuses == {"终值": 3, "不完整": 1}


def test_cards_are_what_the_county_names_in_its_order(read_2022: Callable[..., YearOfFigures]) -> None:
    named = CountyTouch(cards=("rural_tourism_visits", "grid_count", "satisfaction_rate"))
    assert [line.name for line in content_of(read_2022(), None, named).cards] == ["乡村旅游人次", "网格"]


def test_without_a_county_that_names_them_cards_are_the_programs(bulletin: Bulletin) -> None:
    assert [line.name for line in bulletin.cards] == ["农产品加工销售收入"]


@pytest.mark.parametrize(
    ("before", "now", "better", "turn"),
    [
        (8, 12, "less", "worse"),
        (8, 12, "more", "better"),
        (12, 8, "less", "better"),
        (12, 8, "more", "worse"),
        (8, 12, None, None),
        (8, 8, "less", None),
    ],
)
def test_a_change_is_good_or_bad_by_the_indicators_good_direction(
    bulletin: Bulletin, before: int, now: int, better: Better | None, turn: str | None
) -> None:
    grids = replace(line(bulletin, "grid_count"), change_value=Decimal(now - before), better=better)
    assert grids.turn == turn


def test_townships_and_months_are_found_and_missing_months_kept(bulletin: Bulletin) -> None:
    townships, months = bulletin.chapters[1].breakdowns
    assert [(cell.label, cell.value, cell.status) for cell in townships.cells] == [
        ("高山镇", Decimal(800000000), "终值"), ("云冈镇", Decimal(394980000), "不完整"),
    ]  # fmt: skip
    assert (months.by, len(months.cells)) == ("month", 12)
    assert [(cell.label, cell.value) for cell in months.cells if cell.value] == [
        ("5月", Decimal(60000)), ("10月", Decimal(103842)),
    ]  # fmt: skip
    assert bulletin.chapters[0].breakdowns == ()


_BYS: tuple[By, By] = ("township", "quarter")


@pytest.fixture
def sales(bulletin: Bulletin) -> BulletinLine:
    return line(bulletin, "agri_processing_sales_revenue")


def breakdown(of: BulletinLine, by: By, *values: int | None) -> Breakdown:
    cells = [
        BreakdownCell(str(n), f"第{n}", None if v is None else Decimal(v), "终值")
        for n, v in enumerate(values, 1)
    ]
    return Breakdown(of, by, tuple(cells))


def test_periods_that_do_not_add_up_say_so(sales: BulletinLine) -> None:
    added_up = replace(sales, is_cumulative=False)
    words = [breakdown(line, by, 1, 2).words for line in (sales, added_up) for by in _BYS]
    assert words == ["分乡镇", "分季度，期末累计", "分乡镇", "分季度"]


def test_plots_are_of_different_shapes_and_forms_before_more_rows(sales: BulletinLine) -> None:
    many, fewer = replace(sales, source_rows=900), replace(sales, source_rows=800)
    other = replace(sales, form="另一表", source_rows=5)
    offered = [
        breakdown(many, "township", 1, 2),
        breakdown(fewer, "township", 3, 4),
        breakdown(other, "township", 5, 6),
        breakdown(other, "month", 5, 6),
    ]
    assert worth_plotting(offered, 2) == [offered[0], offered[3]]


def test_shares_definitions_and_sameness_are_not_plotted(sales: BulletinLine) -> None:
    share, definition = replace(sales, unit="%"), replace(sales, kind="definition")
    offered = [
        breakdown(share, "township", 1, 2),
        breakdown(definition, "township", 1, 2),
        breakdown(sales, "township", 3, 3),
    ]
    assert worth_plotting(offered, 2) == []


def test_lines_of_the_same_places_share_tables_of_at_most_five(sales: BulletinLine) -> None:
    offered = [breakdown(sales, "township", 1, 2)] * 6 + [breakdown(sales, "township", 3, 4, 5)]
    first, second, other = grids([*offered, breakdown(sales, "month", 1, 2)], "township")
    assert first.rows == (("第1", (Decimal(1),) * 3), ("第2", (Decimal(2),) * 3))
    assert second.rows == first.rows
    assert other.rows == (("第1", (Decimal(3),)), ("第2", (Decimal(4),)), ("第3", (Decimal(5),)))


def test_an_indicator_of_a_further_chapter_comes_last(read_2022: Callable[..., YearOfFigures]) -> None:
    further = [INDICATORS[0] | {"chapter": "其他"}, *INDICATORS[1:]]
    assert content_of(read_2022(FIGURES, further), None).chapters[-1].name == "其他"
