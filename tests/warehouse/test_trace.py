"""Which figure a trace is of."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.warehouse.two_townships import DEEP, DIVISIONS, GAOSHAN, HIGH, KOUQUAN, REPORTERS, division
from warehouse.build import Built
from warehouse.publish import publish
from warehouse.query import NothingPublished
from warehouse.store import Store
from warehouse.trace import NoSuchFigure, trace


@pytest.fixture
def published(store: Store, build_from: Callable[..., Built]) -> Store:
    """Two villages of one name, each with its own population; 高山镇 also goes by another name."""
    said = {"period": "2022", "registered_households": 0, "registered_persons": 0, "resident_persons": 0}
    built = build_from(
        ref_division=[
            *DIVISIONS[:3],
            division(HIGH, "王家园村", "village", GAOSHAN),
            division(DEEP, "王家园村", "village", KOUQUAN),
        ],
        ref_division_alias=[{"division_code": GAOSHAN, "alias": "高山乡", "status": "observed"}],
        ref_reporter=REPORTERS,
        staged_village_profile=[
            said | {"reporter_code": "gaoshan", "village_code": HIGH, "registered_persons": 300},
            said | {"reporter_code": "kouquan", "village_code": DEEP, "registered_persons": 40},
        ],
    )
    now = datetime(2023, 2, 1, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    publish(store, built, fingerprint="f", now=now)
    return store


def test_a_figure_is_found_by_name_alias_or_code_and_is_the_countys_unless_told(published: Store) -> None:
    def value(division: str | None) -> Decimal | None:
        return trace(published, "registered_population", "2022", division).figure.value

    assert [value(said) for said in (None, "云冈区", "高山镇", "高山乡", GAOSHAN, DEEP)] == [
        340, 340, 300, 300, 300, 40,
    ]  # fmt: skip

    with pytest.raises(NoSuchFigure) as refused:
        value("王家园村")
    assert str(refused.value) == (
        f"“王家园村”不能确定是哪一处；请用名称或代码指明：王家园村（{HIGH}）、王家园村（{DEEP}）"
    )


def test_before_anything_is_published_there_is_no_figure(store: Store) -> None:
    with pytest.raises(NothingPublished):
        trace(store, "registered_population", "2022")
