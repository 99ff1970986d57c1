"""Ledgers: lines in, rows with their line numbers out, whatever the chunk they fall in."""

from pathlib import Path

import polars as pl
import pytest

import sources.reading.text_lines
from tests.sources.ledger import HEADER, line, trailer
from tests.sources.text_files import rejected, stage, staged_lines

CORRECTION = """
[[correction]]
id = "农商行-01"
table = "loan_note"
reporter = "rcb_yungang"
period = "2022-12-31"
sheet = ""
cell = "H3"
field = "amount_yuan"
expect = "100000"
value = "100"
who = "统计股"
when = 2023-01-10
why = "多打三个零，客户经理确认"
status = "in_force"
"""
"""Of the amount in the second line after the header."""


def test_fields_padded_with_spaces_and_tabs_are_read(tmp_path: Path) -> None:
    padded = line(1, note="JJ0001 ", id="\t11010519491231002X", kind="新增  ")
    receipt = stage(tmp_path, HEADER, padded, trailer(1, 100))

    (staged,) = receipt.staged_files
    notes = pl.read_parquet(tmp_path / staged.path).select("note_number", "grant_type")
    assert notes.rows() == [("JJ0001", "新增")]


def test_a_ledger_with_its_trailer_is_accepted(tmp_path: Path) -> None:
    receipt = stage(tmp_path, HEADER, line(1), line(2), trailer(2, 200))

    assert (receipt.outcome, receipt.period, receipt.rows.accepted) == ("accepted", "2022-12-31", 2)
    assert staged_lines(tmp_path, receipt) == [2, 3]
    assert [total.agrees for total in receipt.control_totals] == [True, True]


@pytest.mark.parametrize("chunk_bytes", [1, 150, 400, 1 << 20])
def test_chunks_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk_bytes: int) -> None:
    monkeypatch.setattr(sources.reading.text_lines, "CHUNK_BYTES", chunk_bytes)

    receipt = stage(tmp_path, HEADER, line(1), "", line(2), line(3), line(2), "只有,两格", trailer(5, 400))

    assert receipt.rows.model_dump() == {
        "candidate": 5,
        "accepted": 2,
        "rejected": 3,
        "flagged": 0,
        "skipped": 0,
    }
    assert sorted(staged_lines(tmp_path, receipt)) == [2, 5]
    assert rejected(tmp_path, receipt) == [
        (7, "A7", "row__field_count", None),
        (4, "B4", "key__duplicate", None),
        (6, "B6", "key__duplicate", None),
    ]


def test_quoted_fields_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    quoted = line(1, name='"甄,隐\r\n士"')

    receipt = stage(tmp_path, HEADER, quoted, line(2), trailer(2, 200))

    assert staged_lines(tmp_path, receipt) == [2, 4]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ([HEADER, line(1)], "delivery__trailer_missing"),
        ([HEADER, line(1), trailer(2, 100)], "delivery__control_total"),
        ([HEADER, line(1), trailer(1, 101)], "delivery__control_total"),
        ([HEADER, line(1), trailer(2, 200), line(2)], "delivery__control_total"),
        ([HEADER, line(1), line(2, day="2022-11-30"), trailer(2, 200)], "delivery__period_mismatch"),
        ([HEADER + ",星座", line(1) + ",x", trailer(1, 100)], "delivery__unknown_header"),
        ([HEADER.replace("发放金额", "序号"), line(1), trailer(1, 100)], "delivery__missing_column"),
        ([HEADER], "delivery__no_rows"),
        ([HEADER, trailer(1, 100)], "delivery__no_rows"),
        (["甲,乙", "1,2"], "delivery__no_form"),
    ],
)  # fmt: skip
def test_what_rejects_a_whole_ledger(tmp_path: Path, lines: list[str], rule: str) -> None:
    receipt = stage(tmp_path, *lines)

    assert receipt.outcome == "rejected"
    assert rule in [reason.rule for reason in receipt.reasons]
    assert receipt.staged_files == []


def test_a_trailer_of_no_rows_reports_that_there_is_nothing(tmp_path: Path) -> None:
    receipt = stage(tmp_path, HEADER, trailer(0, 0), name="台账20221231.csv")

    assert (receipt.outcome, receipt.period, receipt.rows.candidate) == ("accepted", "2022-12-31", 0)


def test_a_file_name_that_says_another_day_is_refused(tmp_path: Path) -> None:
    receipt = stage(tmp_path, HEADER, line(1), trailer(1, 100), name="台账20221130.csv")

    assert [reason.rule for reason in receipt.reasons] == ["delivery__period_mismatch"]


def test_a_bad_row_is_left_out_and_counted_without_its_values(tmp_path: Path) -> None:
    receipt = stage(
        tmp_path, HEADER, line(1), line(2, id="110105194912310021"), line(3, amount="一百"), trailer(3, 200)
    )

    assert rejected(tmp_path, receipt) == [
        (3, "D3", "borrower_key__check_digit", None),
        (4, "H4", "amount_yuan__parse", None),
    ]
    assert (receipt.outcome, receipt.rows.accepted) == ("accepted", 1)


def test_a_field_of_a_line_is_corrected_where_it_says_what_is_expected(tmp_path: Path) -> None:
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "台账.toml").write_text(CORRECTION, "utf-8")

    receipt = stage(tmp_path, HEADER, line(1), line(2, "100000"), trailer(2, 200))

    (part,) = receipt.staged_files
    rows = pl.read_parquet(tmp_path / part.path).select("sheet_row", "amount_yuan", "corrected").rows()
    assert rows == [(2, 100, None), (3, 100, "amount_yuan")]
    assert receipt.control_totals[1].agrees


def test_what_a_personal_form_holds_instead_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "台账.toml").write_text(CORRECTION, "utf-8")

    receipt = stage(tmp_path, HEADER, line(1), line(2, "300"), trailer(2, 400))

    assert [(correction.applied, correction.found) for correction in receipt.corrections] == [(False, None)]
