"""What the sample's manifest expects of each delivery."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import polars as pl

from sample import COUNTY, ExpectedDelivery, SampleManifest
from schemas.rules import id_number_holds

DIVISIONS = COUNTY / "divisions" / "division.csv"


def quarters(manifest: SampleManifest, reporter: str, period: str) -> list[ExpectedDelivery]:
    """What is expected of all that a township sends on 农产品加工企业统计表 for a quarter."""
    sought = ("agri_processing", reporter, period)
    return [d for d in manifest.deliveries if (d.table, d.reporter, d.period) == sought]


def test_manifest_lists_every_file_and_each_change_time_is_its_arrival(
    home: Path, manifest: SampleManifest
) -> None:
    written = {str(path.relative_to(home)) for path in (home / "inbox").rglob("*") if path.is_file()}
    assert {d.file for d in manifest.deliveries} == written
    assert len(written) >= 200
    for delivery in manifest.deliveries:
        assert (home / delivery.file).stat().st_mtime == datetime.fromisoformat(delivery.arrival).timestamp()


def test_about_one_file_in_thirteen_is_dirty(manifest: SampleManifest) -> None:
    assert 0.06 <= manifest.dirty_share <= 0.10


def test_every_dirty_way_has_its_expected_rule(manifest: SampleManifest) -> None:
    dirty = [d for d in manifest.deliveries if d.fault]
    assert {d.delivery_rule for d in dirty} - {None} == {
        "delivery__unreadable", "delivery__encrypted", "delivery__undecodable", "delivery__reporter_mismatch",
        "delivery__period_mismatch", "delivery__unit_unknown", "delivery__unknown_header",
        "delivery__missing_column", "delivery__control_total", "delivery__no_rows",
    }  # fmt: skip
    assert Counter(row.rule for d in dirty for row in d.rejected_rows) == {
        "village_code__ambiguous_place": 2, "village_code__unknown_place": 1,
        "tap_water_households__parse": 1,
        "row__sanitary_toilet_within_households": 1, "sales_revenue_ytd_yuan__parse": 1,
        "output_value_ytd_yuan__error_cell": 1, "credit_code__check_character": 1, "key__duplicate": 2,
        "borrower_key__check_digit": 1, "row__balance_within_amount": 1,
        "borrower_key__number_as_identifier": 1,
    }  # fmt: skip
    assert not any(d.delivery_rule or d.rejected_rows for d in manifest.deliveries if not d.fault)


def test_a_spoilt_revision_leaves_its_predecessor_in_force(manifest: SampleManifest) -> None:
    deliveries = quarters(manifest, "kouquan", "2022-Q2")
    assert [(d.outcome, d.is_in_force) for d in deliveries] == [("accepted", True), ("rejected", False)]


def test_sent_back_and_forth_the_first_version_is_in_force_again(
    home: Path, manifest: SampleManifest
) -> None:
    deliveries = quarters(manifest, "yungang", "2021-Q4")
    first, second, third = ((home / d.file).read_bytes() for d in deliveries)
    assert first == third != second
    assert [(d.outcome, d.is_in_force) for d in deliveries] == [
        ("accepted", False), ("accepted", False), ("accepted", True),
    ]  # fmt: skip


def test_duplicates_have_the_bytes_of_the_delivery_in_force(home: Path, manifest: SampleManifest) -> None:
    duplicates = [d for d in manifest.deliveries if d.outcome == "duplicate"]
    assert len(duplicates) == 6
    in_force = {(d.table, d.reporter, d.period): d.file for d in manifest.deliveries if d.is_in_force}
    for d in duplicates:
        assert (home / in_force[d.table, d.reporter, d.period]).read_bytes() == (home / d.file).read_bytes()


def test_what_was_never_sent_is_listed_and_some_files_are_late(manifest: SampleManifest) -> None:
    assert manifest.missing == [
        {"table": "agri_processing", "reporter": "yaeryai", "period": "2021-Q1"},
        {"table": "loan_transaction", "reporter": "psbc_yungang", "period": "2022-08-31"},
    ]
    assert any(d.is_late and not d.fault for d in manifest.deliveries)


def test_one_workbook_holds_two_deliveries(manifest: SampleManifest) -> None:
    files = Counter(d.file for d in manifest.deliveries)
    assert [d.period for d in manifest.deliveries if files[d.file] > 1] == ["2021-Q2", "2021-Q3"]


def test_persons_are_no_ones(manifest: SampleManifest) -> None:
    personal = manifest.personal
    numbers = pl.DataFrame({"id": personal["id_numbers"]})
    assert numbers.select(id_number_holds(pl.col("id")).all()).item()
    assert {number[:6] for number in personal["id_numbers"]} == {"999214"}
    assert {phone[:3] for phone in personal["phones"]} == {"129"}
    assert {account[:4] for account in personal["accounts"]} == {"0099"}
    places = DIVISIONS.read_text("utf-8")
    assert not [name for name in personal["names"] if name in places]
