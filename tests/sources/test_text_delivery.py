"""Ledgers: lines in, rows with their line numbers out, whatever the chunk they fall in."""

import resource
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

import sources.reading.text_lines
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.intake import receive
from sources.reading.worker import Reader
from tests.sources.ledger import BANK, HEADER, STOCK_BANK, ledger, line, stock, stock_line, trailer

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


READER = Reader()
STOCK_NAME = "91999214MAXD3FKRQ4_CLGRDK_20221231.dat"


@pytest.fixture(autouse=True, scope="module")
def _end_the_reader() -> Iterator[None]:
    yield
    READER.close()


def stage(tmp_path: Path, *lines: str, encoding: str = "gb18030", name: str = "台账20221231.csv") -> Receipt:
    return send(tmp_path, "\r\n".join([*lines, ""]).encode(encoding), name, BANK)


def send(tmp_path: Path, data: bytes, name: str, folder: str) -> Receipt:
    home = Home(tmp_path)
    home.prepare()
    (home.inbox / folder).mkdir(exist_ok=True)
    (home.inbox / folder / name).write_bytes(data)
    receipts = receive(home, READER, now=lambda: datetime.now(ZoneInfo("Asia/Shanghai")), settle_seconds=0)
    assert len(receipts) == 1
    return receipts[0]


def staged_lines(tmp_path: Path, receipt: Receipt) -> list[int]:
    return pl.read_parquet([tmp_path / part.path for part in receipt.staged_files])["sheet_row"].to_list()


def rejected(tmp_path: Path, receipt: Receipt) -> list[tuple[int, str, str, str | None]]:
    if not receipt.rejected_files:
        return []
    rows = pl.read_parquet([tmp_path / part.path for part in receipt.rejected_files])
    return rows.select("sheet_row", "cell", "rule", "value").rows()


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
        ([HEADER, trailer(0, 0)], "delivery__no_rows"),
        (["甲,乙", "1,2"], "delivery__no_form"),
    ],
)  # fmt: skip
def test_what_rejects_a_whole_ledger(tmp_path: Path, lines: list[str], rule: str) -> None:
    receipt = stage(tmp_path, *lines)

    assert receipt.outcome == "rejected"
    assert rule in [reason.rule for reason in receipt.reasons]
    assert receipt.staged_files == []


@pytest.mark.parametrize(
    ("end", "rule", "words"),
    [
        ([trailer(2, 200)] * 2, "trailer_repeated", "合计行不止一行（第 4、5 行）"),
        ([trailer(2, 200) + "," * 10], "trailer_padded", "合计行后面补了分隔符"),
        ([trailer(2, 200) + ",,"], "trailer_padded", "合计行后面补了分隔符"),
        ([trailer(2, 200) + " 制表人"], "trailer_unread", "合计行里合计之后还有别的内容"),
        ([trailer(2, 200), "注：含展期"], "after_trailer", "合计行之后（第 5 行）还有别的内容"),
        ([trailer(2, 200), "\x1a"], "end_mark", "第 5 行是文件结束符（^Z）"),
    ],
)
def test_what_is_wrong_at_the_end_of_a_ledger_is_the_one_reason(
    tmp_path: Path, end: list[str], rule: str, words: str
) -> None:
    receipt = stage(tmp_path, HEADER, line(1), line(2), *end)

    assert [reason.rule for reason in receipt.reasons] == [f"delivery__{rule}"]
    assert receipt.reasons[0].message.startswith(words)


def test_a_ledger_whose_trailer_has_no_line_end_is_whole(tmp_path: Path) -> None:
    receipt = send(tmp_path, ledger(line(1)).removesuffix(b"\r\n"), "台账20221231.csv", BANK)

    assert receipt.outcome == "accepted"


@pytest.mark.parametrize(
    ("lost", "outcome"), [(b"", "accepted"), (b"\r\n", "rejected"), ("植\r\n".encode("gbk"), "rejected")]
)
def test_without_a_trailer_a_last_line_without_its_end_is_refused(
    tmp_path: Path, lost: bytes, outcome: str
) -> None:
    receipt = send(tmp_path, stock(3).removesuffix(lost), STOCK_NAME, STOCK_BANK)

    assert receipt.outcome == outcome
    assert [reason.rule for reason in receipt.reasons] == ["delivery__cut_short"] * (outcome == "rejected")


@pytest.mark.parametrize(
    ("field", "rejected_lines"),
    [('"种植"', []), ('"种植', [2]), ('种植"', [2]), ('购5"水泵', [2]), ('"种"植', [2]), ('"种""植"', [2])],
)
def test_where_the_format_has_no_quotes_a_stray_one_is_an_error_of_its_line(
    tmp_path: Path, field: str, rejected_lines: list[int]
) -> None:
    lines = [stock_line(1), stock_line(2, use=field), stock_line(3), stock_line(4, use=field[::-1])]
    receipt = send(tmp_path, "\r\n".join([*lines, ""]).encode("gbk"), STOCK_NAME, STOCK_BANK)

    assert receipt.rows.candidate == 4
    assert [row[:3] for row in rejected(tmp_path, receipt)] == [
        (number, f"A{number}", "row__stray_quote")
        for first in rejected_lines
        for number in (first, first + 2)
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [('"甄', '"甄'), ('"甄', '甄"'), ('"甄', "甄"), ('甄"', "甄"), ('"甄"士', "甄"), ('="甄"', "甄")],
)
def test_a_quote_that_is_not_closed_takes_no_other_line_with_it(
    tmp_path: Path, first: str, second: str
) -> None:
    lines = [line(1), line(2, name=first), line(3), line(4, name=second), line(5)]
    receipt = stage(tmp_path, HEADER, *lines, trailer(5, 500))

    wrong = [at for at, field in ((3, first), (5, second)) if '"' in field]
    assert [row[:3] for row in rejected(tmp_path, receipt)] == [
        (at, f"A{at}", "row__stray_quote") for at in wrong
    ]
    assert receipt.sheets[0].classes["body"] == 5


def test_every_line_of_the_file_has_a_class(tmp_path: Path) -> None:
    receipt = stage(
        tmp_path, "贷款台账", "", HEADER, line(1, name='"甄\r\n士"'), "", line(2), trailer(2, 200), ""
    )

    assert receipt.outcome == "accepted"
    assert receipt.sheets[0].read_cells == 9
    assert {name: count for name, count in receipt.sheets[0].classes.items() if count} == {
        "title": 2, "header": 1, "body": 2, "continued": 1, "blank": 2, "total": 1,
    }  # fmt: skip


@pytest.mark.parametrize("long", [2, 3])
def test_a_line_too_long_and_one_too_short_are_errors_of_these(tmp_path: Path, long: int) -> None:
    lines = [stock_line(number) for number in range(1, 5)]
    lines[long - 2] += "|x"
    lines[3] = lines[3].rpartition("|")[0]
    receipt = send(tmp_path, "\n".join([*lines, ""]).encode("gbk"), STOCK_NAME, STOCK_BANK)

    assert staged_lines(tmp_path, receipt) == [line for line in (1, 2, 3) if line != long - 1]
    assert [row[:3] for row in rejected(tmp_path, receipt)] == [
        (at, f"A{at}", "row__field_count") for at in (long - 1, 4)
    ]


def test_lines_that_end_in_cr_alone_are_lines(tmp_path: Path) -> None:
    data = ledger(line(1), line(2)).replace(b"\r\n", b"\r")

    assert staged_lines(tmp_path, send(tmp_path, data, "台账20221231.csv", BANK)) == [2, 3]


@pytest.mark.parametrize("name", ["甄" * 200_000, f'"{"甄" * 200_000}"'])
def test_a_long_field_that_is_not_read_changes_nothing(tmp_path: Path, name: str) -> None:
    assert stage(tmp_path, HEADER, line(1, name=name), trailer(1, 100)).rows.accepted == 1


@pytest.mark.parametrize("data", [b'{"a": "' + b"0" * 300_000 + b'"}', "②,٣,１\n1,2,3\n".encode()])
def test_a_text_that_is_no_ledger_is_refused(tmp_path: Path, data: bytes) -> None:
    receipt = send(tmp_path, data, "a.csv", BANK)

    assert [reason.rule for reason in receipt.reasons] == ["delivery__no_form"]


def test_a_line_without_end_is_refused_and_not_held_in_memory(tmp_path: Path) -> None:
    data = ledger(line(1)) + b"x" * (80 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    receipt = send(tmp_path, data, "台账20221231.csv", BANK)

    assert [reason.message for reason in receipt.reasons] == [
        "有一行过长，不是规定的表格文本；请从业务系统重新导出"
    ]
    assert receipt.rows.candidate == 0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 << 10


def test_a_heading_that_stands_twice_is_refused(tmp_path: Path) -> None:
    receipt = stage(tmp_path, HEADER.replace("客户名称", "乡镇"), line(1), trailer(1, 100))

    assert [(reason.rule, reason.cell) for reason in receipt.reasons] == [
        ("delivery__duplicate_header", "F1")
    ]


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
