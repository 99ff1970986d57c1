"""Which figure a trace is of."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from tests.warehouse.figures.traced import trace_in
from tests.warehouse.two_townships import DEEP, DIVISIONS, GAOSHAN, HIGH, KOUQUAN, REPORTERS, division
from warehouse.build.build import Built
from warehouse.build.publish import publish
from warehouse.database.query import NothingPublished
from warehouse.database.store import Store
from warehouse.figures.trace import NoSuchFigure, PublishedFigure, Traced, TracedTerm


@pytest.fixture
def published(store: Store, build_from: Callable[..., Built]) -> Store:
    """Two villages of one name, each with its own population; 高山镇 also goes by another name."""
    profile = {"period": "2022", "registered_households": 0, "registered_persons": 0, "resident_persons": 0}
    built = build_from(
        ref_division=[
            *DIVISIONS[:3],
            division(HIGH, "王家园村", "village", GAOSHAN),
            division(DEEP, "王家园村", "village", KOUQUAN),
        ],
        ref_division_alias=[{"division_code": GAOSHAN, "alias": "高山乡", "status": "observed"}],
        ref_reporter=REPORTERS,
        staged_village_profile=[
            profile | {"reporter_code": "gaoshan", "village_code": HIGH, "registered_persons": 300},
            profile | {"reporter_code": "kouquan", "village_code": DEEP, "registered_persons": 40},
        ],
    )
    now = datetime(2023, 2, 1, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    publish(store, built, fingerprint="f", now=now)
    return store


def test_a_figure_is_found_by_name_alias_or_code_and_is_the_countys_unless_told(published: Store) -> None:
    def value(division: str | None) -> Decimal | None:
        return trace_in(published, "registered_population", "2022", division).figure.value

    assert [value(place) for place in (None, "云冈区", "高山镇", "高山乡", GAOSHAN, DEEP)] == [
        340, 340, 300, 300, 300, 40,
    ]  # fmt: skip

    with pytest.raises(NoSuchFigure) as refused:
        value("王家园村")
    assert str(refused.value) == (
        f"“王家园村”不能确定是哪一处；请用名称或代码指明：王家园村（{HIGH}）、王家园村（{DEEP}）"
    )


def test_before_anything_is_published_there_is_no_figure(store: Store) -> None:
    with pytest.raises(NothingPublished):
        trace_in(store, "registered_population", "2022")


def term(amount: int, rows: int = 2) -> TracedTerm:
    return TracedTerm("value", "sum", rows, Decimal(amount))


def traced(value: str | None, *terms: TracedTerm, unit: str = "元", kind: str = "ratio") -> Traced:
    figure = PublishedFigure(
        indicator_code="sales", indicator_name="销售收入", unit=unit, division_code=GAOSHAN, division_name="高山镇",
        division_level="town", period="2022", basis="period", kind=kind, value=None if value is None else Decimal(value),
        status="final", version="v000001", is_synthetic=True,
    )  # fmt: skip
    return Traced(figure, list(terms), pl.DataFrame())


@pytest.mark.parametrize(
    ("figure", "adds_up"),
    [
        (traced("12.5", term(12)), False),
        (traced("12", term(12)), True),
        (traced("0", term(0, rows=0)), True),
        (traced("66.6667", term(2), term(3), unit="%"), True),
        (traced("66.6666", term(2), term(3), unit="%"), False),
        (traced("0.5", term(1), term(2)), True),
        (traced("25", term(5), term(4), unit="%", kind="growth"), True),
        (traced("125", term(5), term(4), unit="%", kind="growth"), False),
        (traced(None, term(5), term(0, rows=0), unit="%", kind="growth"), True),
        (traced(None, term(1), term(0, rows=0)), True),
        (traced("0", term(1), term(0, rows=0)), False),
    ],
)
def test_rows_add_up_or_not(figure: Traced, adds_up: bool) -> None:
    assert figure.adds_up == adds_up
