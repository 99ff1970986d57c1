"""Townships ranked within their kind, what became of their targets, and what is shown of villages."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import html as lxml_html

from schemas.indicator import Better
from warehouse.reports.bulletin.figures import BulletinIndicator, Version
from warehouse.reports.townships.content import HeatRow, TownshipPage, content_of
from warehouse.reports.townships.html import to_html
from warehouse.reports.townships.maps import Ground
from warehouse.reports.townships.ranking import ranks_of, shades_of
from warehouse.reports.townships.reading import CountySettings, Place, PlaceFigure, PlaceFigures
from warehouse.reports.townships.series import series_of

VERSION = Version(
    "v000003", "2023-02-01T01:41:00+08:00", "2023-02-01T01:30:00+08:00", "合成示例数据", is_synthetic=True
)
GRIDS = BulletinIndicator(
    "grid_count", "网格", "党建与治理", "定义", "依据", "个", "stock", "latest", "period", "网格台账", None
)
TOILETS = replace(
    GRIDS, indicator_code="toilet_rate", indicator_name="卫生厕所普及率", chapter="乡村建设", unit="%"
)
LOANS = replace(
    GRIDS, indicator_code="loan_balance", indicator_name="贷款余额", chapter="增收与金融", unit="元"
)
TOWNS = replace(GRIDS, indicator_code="town_count", indicator_name="镇数", basis="2022")
INDICATORS = {i.indicator_code: i for i in (GRIDS, TOILETS, LOANS, TOWNS)}
PLACES = {
    place.code: place
    for place in (
        Place("county", "某区", "county"),
        Place("a", "甲镇", "town"),
        Place("b", "乙乡", "township"),
        Place("c", "丙乡", "township"),
        Place("s", "丁街道", "subdistrict"),
        Place("t", "戊街道", "subdistrict"),
        Place("v", "一村", "village", "a"),
        Place("w", "二村", "village", "a"),
    )
}
VALUES: dict[str, dict[str, object]] = {
    "grid_count": {"county": 100, "a": 30, "b": 20, "c": 20, "s": 9, "t": 21, "v": 30},
    "toilet_rate": {"a": "60.04", "b": 90, "c": 70, "v": 60, "w": "60.08"},
    "loan_balance": {"a": 700000, "b": 500000, "v": 200000},
    "town_count": {"a": 1, "b": 0, "c": 0},
}


def page(
    values: Mapping[str, Mapping[str, object]] = VALUES,
    settings: CountySettings = CountySettings(),  # noqa: B008 - frozen
    before: Mapping[tuple[str, str], Mapping[str, PlaceFigure]] | None = None,
) -> TownshipPage:
    by_period = {
        (code, place): {"2022": PlaceFigure(Decimal(str(value)), "final")}
        | dict((before or {}).get((code, place), {}))
        for code, of_places in values.items()
        for place, value in of_places.items()
    }
    return content_of(PlaceFigures(2022, VERSION, INDICATORS, PLACES, by_period, {"loan_balance"}), settings)


def row_of(content: TownshipPage, kind: str, code: str) -> HeatRow:
    (row,) = [
        row
        for heat in content.heats
        if heat.kind == kind
        for _, rows in heat.chapters
        for row in rows
        if row.indicator.indicator_code == code
    ]
    return row


def test_towns_and_townships_are_ranked_apart_from_subdistricts() -> None:
    content = page()
    ranks = {
        kind: {cell.place.name: cell.rank for cell in row_of(content, kind, "grid_count").cells}
        for kind in ("乡镇", "街道")
    }
    assert ranks == {"乡镇": {"甲镇": 1, "乙乡": 2, "丙乡": 2}, "街道": {"丁街道": 2, "戊街道": 1}}


@pytest.mark.parametrize(
    ("better", "ranks"),
    [
        (None, {"x": 3, "y": 1, "z": 1}),
        ("more", {"x": 3, "y": 1, "z": 1}),
        ("less", {"x": 1, "y": 2, "z": 2}),
    ],
)
def test_ranks_begin_with_the_best_and_equal_values_share_one(better: str, ranks: dict[str, int]) -> None:
    values = {"x": Decimal(1), "y": Decimal(2), "z": Decimal(2)}
    assert ranks_of(values, better) == ranks  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ranks", "shades"),
    [
        ([1, 2, 3, 4, 5], [0, 1, 2, 3, 4]),
        ([1, 1, 3], [0, 0, 4]),
        ([1, 2, 2, 2, 2, 2], [0, 2, 2, 2, 2, 2]),  # five that share the last place are not called the worst
        ([1, 1, 1], []),
    ],
)
def test_a_rank_is_shaded_by_where_it_stands(ranks: list[int], shades: list[int]) -> None:
    assert list(shades_of({f"{n}": rank for n, rank in enumerate(ranks)}).values()) == shades


def test_that_a_town_is_one_town_is_not_ranked() -> None:
    codes = [
        row.indicator.indicator_code for heat in page().heats for _, rows in heat.chapters for row in rows
    ]
    assert "town_count" not in codes


def test_a_target_is_met_by_more_or_by_less() -> None:
    settings = CountySettings(
        targets={
            ("toilet_rate", "a"): Decimal(80),
            ("toilet_rate", "b"): Decimal(80),
            ("grid_count", "c"): Decimal(20),
        },
        better={"toilet_rate": "more", "grid_count": "less"},
    )
    content = page(settings=settings)
    summary = {
        (row.indicator.indicator_code, cell.place.name): (cell.percent, cell.words)
        for row in content.targets
        for cell in row.cells
        if cell
    }
    assert summary == {
        ("grid_count", "丙乡"): (None, "已达到"),
        ("toilet_rate", "甲镇"): (Decimal("75.1"), "未达到"),
        ("toilet_rate", "乙乡"): (Decimal("112.5"), "已达到"),
    }


def test_villages_are_listed_below_their_township_but_not_by_forms_of_persons() -> None:
    (villages,) = page().villages
    assert (villages.township.name, villages.village_count) == ("甲镇", 2)
    assert [(table.chapter, table.rows) for table in villages.tables] == [
        ("党建与治理", (("一村", ("30",)),)),
        ("乡村建设", (("一村", ("60%",)), ("二村", ("60.1%",)))),
    ]
    assert [indicator.indicator_name for indicator in page().left_out] == ["贷款余额"]


@pytest.mark.parametrize(
    ("periods", "shown"),
    [
        (["2021", "2022"], ("2021", "2022")),
        (["2021", "2022", "2022-01", "2022-02"], ("2021", "2022")),
        (["2022", "2022-01", "2022-02", "2022-03"], ("2022-01", "2022-02", "2022-03")),
        (["2022", "2022-Q1", "2022-Q2", "2022-Q3"], ("2022-Q1", "2022-Q2", "2022-Q3")),
        (["2022"], None),
    ],
)
def test_a_series_is_of_the_finest_periods_that_exist(
    periods: list[str], shown: tuple[str, ...] | None
) -> None:
    series = series_of({period: PlaceFigure(Decimal(1), "final") for period in periods})
    assert (series.periods if series else None) == shown


def test_the_page_says_ranks_and_trends_in_words_and_needs_no_network() -> None:
    before = {("grid_count", "a"): {"2021": PlaceFigure(Decimal(28), "final")}}
    html = to_html(page(settings=CountySettings(better={"grid_count": "more"}), before=before))
    document = lxml_html.fromstring(html)
    (cell,) = document.xpath("//table[@class='heat']//td[contains(@title, '甲镇 30个')]")
    assert (cell.text_content(), cell.get("class")) == ("30第1", "g0")
    assert "2021 28 → 2022 30" in document.xpath("//svg/title/text()")
    assert "<script" not in html
    assert "://" not in html


def test_a_map_is_coloured_by_indicators_with_a_target_first_and_needs_positions() -> None:
    targets = {("toilet_rate", "a"): Decimal(80)}
    better: dict[str, Better] = {"toilet_rate": "more", "loan_balance": "less"}
    on_ground = CountySettings(targets, better, Ground(tiles={"a": (1, 1), "b": (2, 1), "c": (3, 1)}))
    document = lxml_html.fromstring(to_html(page(settings=on_ground)))
    assert document.xpath("//section[@id='map']/label/text()") == ["卫生厕所普及率", "贷款余额", "网格"]
    assert [len(figure.xpath(".//rect")) for figure in document.xpath("//figure")] == [3, 3, 3]
    assert "方格为示意位置" in document.get_element_by_id("map").text_content()
    assert page(settings=CountySettings(targets, better)).mapped == ()


def test_the_approval_number_stands_below_a_map_of_boundaries() -> None:
    triangle = [[(110.0, 40.0), (111.0, 40.0), (111.0, 41.0)]]
    ground = Ground(boundaries={"a": triangle, "b": triangle}, approval_number="GS（2022）1061号")
    document = lxml_html.fromstring(to_html(page(settings=CountySettings(ground=ground))))
    assert "审图号：GS（2022）1061号" in document.get_element_by_id("map").text_content()


def test_names_from_lists_are_text() -> None:
    content = page()
    html = to_html(replace(content, county=replace(content.county, name="<b>某区</b>")))
    assert "<b>某区</b>" not in html
