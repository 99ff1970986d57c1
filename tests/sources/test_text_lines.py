"""Lines of text files: what ends a file, where quotes may stand, and that no line takes another with it."""

import os
import resource
import shutil
from pathlib import Path

import pytest

from tests.district import COUNTY
from tests.sources.ledger import BANK, HEADER, STOCK_BANK, ledger, line, stock, stock_line, trailer
from tests.sources.text_files import receive_one, rejected, send, stage, staged_lines

STOCK_NAME = "91999214MAXD3FKRQ4_CLGRDK_20221231.dat"


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


@pytest.mark.parametrize("first", ["", "只有,两格", line(9, name='"甄')])
def test_the_period_is_that_of_the_first_line_that_is_a_row(tmp_path: Path, first: str) -> None:
    receipt = stage(tmp_path, HEADER, first, line(1), trailer(1, 100), name="台账.csv")

    assert receipt.period == "2022-12-31"


def test_a_ledger_sent_replaced_and_sent_again_with_its_old_time_is_in_force_again(tmp_path: Path) -> None:
    shutil.copytree(COUNTY, tmp_path / "county")
    receipts = []
    for data, mtime in ((ledger(line(1)), 1000), (ledger(line(1), line(2)), 2000), (ledger(line(1)), 1000)):
        path = tmp_path / "inbox" / BANK / "台账20221231.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (mtime, mtime))
        receipts.append(receive_one(tmp_path))

    assert [receipt.outcome for receipt in receipts] == ["accepted"] * 3
    assert receipts[2].supersedes == receipts[1].delivery_id


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
