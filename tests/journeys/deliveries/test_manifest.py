"""Every delivery of the sample district ends as its manifest says, row by row and cell by cell."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from tests.accepted_last import in_force
from warehouse.database.query import query
from warehouse.database.store import Store

Expected = dict[str, Any]


@pytest.fixture(scope="module")
def expected(sample_home: Path) -> list[Expected]:
    manifest = json.loads((sample_home / "expected" / "manifest.json").read_text("utf-8"))
    deliveries: list[Expected] = manifest["deliveries"]
    return deliveries


@pytest.fixture(scope="module")
def receipts(sample_home: Path) -> list[Receipt]:
    return read_receipts(Home(sample_home))


def received(receipts: list[Receipt]) -> Counter[tuple[str, str | None, str | None, str]]:
    return Counter(
        (f"inbox/{r.file.folder}/{r.file.name}", r.table or None, r.period or None, r.outcome)
        for r in receipts
    )


def test_every_delivery_ends_as_expected(expected: list[Expected], receipts: list[Receipt]) -> None:
    wanted = Counter((d["file"], d["outcome"]) for d in expected)

    assert Counter((file, outcome) for file, _, _, outcome in received(receipts).elements()) == wanted


def test_a_recognised_delivery_is_of_the_expected_form_and_period(
    expected: list[Expected], receipts: list[Receipt]
) -> None:
    wanted = {(d["file"], d["table"], d["period"]) for d in expected if d["outcome"] != "rejected"}

    recognised = {
        (file, table, period) for file, table, period, outcome in received(receipts) if outcome != "rejected"
    }
    assert recognised == wanted


def test_a_delivery_rejected_whole_says_the_expected_rule(
    expected: list[Expected], receipts: list[Receipt]
) -> None:
    given_rules = {
        f"inbox/{r.file.folder}/{r.file.name}": {reason.rule for reason in r.reasons} for r in receipts
    }

    wanted = {d["file"]: d["delivery_rule"] for d in expected if d["delivery_rule"]}
    assert {file: rule for file, rule in wanted.items() if rule not in given_rules[file]} == {}
    assert len(wanted) >= 8


def test_every_rejected_or_flagged_row_is_named_to_the_cell_and_no_other(
    sample_home: Path, expected: list[Expected], receipts: list[Receipt]
) -> None:
    files = {r.delivery_id: f"inbox/{r.file.folder}/{r.file.name}" for r in receipts}
    parts = [sample_home / part.path for r in receipts for part in r.rejected_files]
    reported = Counter(
        (
            files[row["delivery_id"]],
            row["severity"],
            row["sheet_name"],
            row["sheet_row"],
            row["cell"],
            row["rule"],
        )
        for row in pl.read_parquet(parts).iter_rows(named=True)
    )

    wanted = Counter(
        (d["file"], severity, row["sheet"], row["row"], row["cell"], row["rule"])
        for d in expected
        for severity, rows in (("reject", d["rejected_rows"]), ("flag", d["flagged_rows"]))
        for row in rows
    )
    assert reported == wanted


def test_every_rejected_row_has_a_reason_in_words(sample_home: Path, receipts: list[Receipt]) -> None:
    parts = [sample_home / part.path for r in receipts for part in r.rejected_files]
    reasons = pl.read_parquet(parts)

    assert reasons.filter(pl.any_horizontal(pl.col("cell", "rule", "message") == "")).height == 0
    assert reasons.height > 10


def test_no_row_is_lost(expected: list[Expected], receipts: list[Receipt]) -> None:
    lost = [
        r.delivery_id
        for r in receipts
        if r.rows.candidate != r.rows.accepted + r.rows.rejected + r.rows.skipped
    ]
    assert lost == []
    assert sum(r.rows.accepted for r in receipts) == sum(
        d["rows_accepted"] for d in expected if d["outcome"] == "accepted"
    )


def test_every_cell_of_every_sheet_is_accounted_for(receipts: list[Receipt]) -> None:
    sheets = [sheet for r in receipts for sheet in r.sheets]

    assert [s.name for s in sheets if s.read_cells != sum(s.classes.values())] == []
    assert [s.name for s in sheets if s.classes.get("ignored", 0) != sum(s.ignored_reasons.values())] == []
    assert sum(s.read_cells for s in sheets) > 10_000


def test_what_counts_in_the_end_is_what_the_manifest_says(
    expected: list[Expected], receipts: list[Receipt]
) -> None:
    last = max(r.received_at for r in receipts)
    files_in_force = {f"inbox/{r.file.folder}/{r.file.name}" for r in in_force(receipts, last)}

    assert files_in_force == {d["file"] for d in expected if d["is_in_force"]}


def test_accepted_and_rejected_files_alike_are_kept(sample_home: Path, receipts: list[Receipt]) -> None:
    kept = {path.name for path in (sample_home / "archive").iterdir() if path.is_file()}

    assert {r.file.sha256 for r in receipts} == kept
    assert [path for path in (sample_home / "inbox").rglob("*") if path.is_file()] == []


def test_what_is_missing_is_what_was_never_sent(sample_home: Path) -> None:
    wanted = json.loads((sample_home / "expected" / "manifest.json").read_text("utf-8"))["missing"]

    missing = query(
        Store(sample_home),
        "select staged_table, reporter_code, period from dq_expected_delivery where state = 'missing' order by all",
    )
    assert missing.rows() == sorted(
        (delivery["table"], delivery["reporter"], delivery["period"]) for delivery in wanted
    )
    assert wanted


def test_every_correction_is_applied_and_marks_its_figures(sample_home: Path) -> None:
    wanted = json.loads((sample_home / "expected" / "manifest.json").read_text("utf-8"))["corrections"]

    applied = query(
        Store(sample_home),
        "select correction_id, cell, expected_text, corrected_text from dq_correction where state = 'applied'",
    )
    assert applied.rows() == [
        (correction["id"], correction["cell"], correction["expect"], correction["value"])
        for correction in wanted
    ]
    (marked,) = query(
        Store(sample_home),
        "select corrected_rows from mart_figure where indicator_code = 'rural_tourism_visits'"
        " and period = '2022' and division_level = 'county'",
    )["corrected_rows"]
    assert marked == len(wanted) == 1
