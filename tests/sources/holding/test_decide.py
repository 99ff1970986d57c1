"""Decisions on periods and findings: what is taken, what is refused, and what a settled period holds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sources.holding.decide import clear_finding, settle
from sources.holding.decision_tables import confirmed_finding_frame, settled_period_frame
from sources.holding.decisions import DecisionRefused, read_finding_decisions, read_period_decisions
from sources.home.folders import Home
from tests.district import prepare
from tests.sources.holding.deliveries import Deliveries
from tests.sources.holding.receipts import FIRST_DAY
from tests.sources.holding.test_judge import AGRI, enterprises

NOW = datetime(2023, 3, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    prepare(home)
    return home


def take(home: Home, period: str, verdict: str = "settle", now: datetime = NOW) -> None:
    settle(home, period, verdict, why="公报定稿", by="统计股", now=now)  # type: ignore[arg-type]


def test_a_settled_year_settles_its_quarters_and_months(home: Home) -> None:
    take(home, "2022-Q4")
    periods = settled_period_frame(read_period_decisions(home))
    assert sorted(periods["period"]) == ["2022-10", "2022-11", "2022-12", "2022-Q4"]
    take(home, "2022")
    assert settled_period_frame(read_period_decisions(home)).height == 1 + 4 + 12


def test_a_period_can_be_opened_again(home: Home) -> None:
    take(home, "2022")
    take(home, "2022", "reopen", NOW + timedelta(days=1))
    assert settled_period_frame(read_period_decisions(home)).is_empty()


@pytest.mark.parametrize(
    ("period", "verdict", "why"),
    [("2022年", "settle", "不是年、季或月"), ("2023", "settle", "尚未结束"), ("2022", "reopen", "没有定稿")],
)
def test_what_cannot_be_settled_is_refused(home: Home, period: str, verdict: str, why: str) -> None:
    with pytest.raises(DecisionRefused, match=why):
        take(home, period, verdict)


def test_a_delivery_for_a_settled_period_waits(home: Home) -> None:
    deliveries = Deliveries(home)
    deliveries.add(AGRI, enterprises(3), period="2022-Q2")
    take(home, "2022-Q2", now=FIRST_DAY + timedelta(days=40, hours=1))
    late = deliveries.add(AGRI, enterprises(3), period="2022-Q2")
    other = deliveries.add(AGRI, enterprises(3, first=50), period="2022-Q1", reporter="kouquan")
    assert "2022-Q2 已定稿（统计股）" in deliveries.judgement(late).holds["settled"]
    assert deliveries.judgement(other).holds == {}


def test_the_last_word_on_a_value_is_kept(home: Home) -> None:
    of = ("agri_ytd_falls", "E1/2022/4", "sales_revenue_ytd_yuan", "60.00")
    for day, why in enumerate(("退货", "退货，已核凭证")):
        clear_finding(home, *of, why=why, by="统计股", now=NOW + timedelta(days=day))
    (row,) = confirmed_finding_frame(read_finding_decisions(home)).to_dicts()
    assert (row["check_name"], row["row_key"], row["field"], row["value"], row["reason"]) == (
        *of,
        "退货，已核凭证",
    )


def test_a_decision_without_a_reason_is_refused(home: Home) -> None:
    with pytest.raises(DecisionRefused, match="请写明理由"):
        clear_finding(home, "c", "k", "f", "v", why=" ", by="统计股", now=NOW)
