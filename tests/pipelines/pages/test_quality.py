"""What the quality page is made of: the records of a home, newest whole load first."""

from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.pages.quality import SHOWN_LOADS, read_quality, write_quality_page
from pipelines.state.load_record import write_record
from tests.district import CATALOGUE
from tests.pipelines.load_records import AT_NIGHT, CLEAN, clean


def test_receiving_after_a_load_leaves_the_load_on_the_page_and_is_noted(new_home: Path) -> None:
    later = AT_NIGHT + timedelta(hours=8)
    write_record(new_home, CLEAN)
    write_record(new_home, clean(run_id="5b8d3a53", job="receive", state="received", ended_at=later))

    quality = read_quality(new_home)
    assert (quality.load.outcome, quality.load.ended_at, quality.received_since) == (
        "已发布新版本",
        AT_NIGHT,
        later,
    )
    assert len(quality.loads) == 1
    assert "此后收件至 2023-01-20 09:31" in write_quality_page(new_home).read_text("utf-8")


def test_the_trend_is_of_the_last_whole_loads_the_oldest_first(new_home: Path) -> None:
    for day in range(SHOWN_LOADS + 5):
        write_record(new_home, clean(ended_at=AT_NIGHT + timedelta(days=day), quality_score_pct=60.0 + day))

    quality = read_quality(new_home)
    assert len(quality.loads) == SHOWN_LOADS
    assert quality.trends[2].values == tuple(65.0 + day for day in range(SHOWN_LOADS))


def test_a_home_where_nothing_ever_ran_has_no_page(new_home: Path) -> None:
    with pytest.raises(LookupError, match="no run is recorded"):
        write_quality_page(new_home)


def test_the_forms_of_which_no_value_is_shown() -> None:
    assert {
        "loan_note",
        "loan_transaction",
        "grid_person",
        "monitored_household",
    } <= CATALOGUE.personal_tables
    assert "rural_tourism" not in CATALOGUE.personal_tables
