"""Pollutions of delimited text, after the list that Vitagliano et al. published with Pollock: none is silently wrong.

Each ends with the values of the sound file, or with the lines or the file refused.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from sources.county.references import read_references
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.intake import receive
from sources.reading.worker import Reader
from tests.district import COUNTY, prepare
from tests.sources.ledger import BANK, HEADER, STOCK_BANK, line, stock_line, trailer

REFERENCES = read_references(COUNTY)
LEDGER = [HEADER, *(line(number, name="甄，隐士") for number in range(1, 7)), trailer(6, 600)]
STOCK = [stock_line(number) for number in range(1, 7)]
Lines = list[str]
Pollution = Callable[[Lines, str], str]


def written(lines: Lines, end: str = "\r\n") -> str:
    return end.join([*lines, ""])


def each(change: Callable[[str], str]) -> Pollution:
    return lambda lines, _: written([change(text) for text in lines])


def at(index: int, change: Callable[[str, str], str]) -> Pollution:
    """Change one line; the function gets it with the delimiter."""

    def pollute(lines: Lines, delimiter: str) -> str:
        changed = [*lines]
        changed[index] = change(changed[index], delimiter)
        return written(changed)

    return pollute


def quote_fields(mark: str) -> Pollution:
    def pollute(lines: Lines, delimiter: str) -> str:
        return written(
            [delimiter.join(f"{mark}{field}{mark}" for field in text.split(delimiter)) for text in lines]
        )

    return pollute


def delimit(other: str) -> Pollution:
    return lambda lines, delimiter: written([text.replace(delimiter, other) for text in lines])


def with_column(header: str, value: str, index: int) -> Pollution:
    def pollute(lines: Lines, delimiter: str) -> str:
        changed = []
        for text in lines:
            fields = text.split(delimiter)
            if len(fields) > 10:
                fields.insert(index, header if fields[0] == "数据日期" else value)
            changed.append(delimiter.join(fields))
        return written(changed)

    return pollute


def insert(index: int, *texts: str) -> Pollution:
    return lambda lines, _: written([*lines[:index], *texts, *lines[index:]])


def in_field(index: int, field: int, change: Callable[[str], str]) -> Pollution:
    def change_field(text: str, delimiter: str) -> str:
        fields = text.split(delimiter)
        fields[field] = change(fields[field])
        return delimiter.join(fields)

    return at(index, change_field)


POLLUTIONS: dict[str, Pollution] = {
    "no payload": lambda lines, _: "",
    "header only": lambda lines, _: written(lines[:1]),
    "no header": lambda lines, _: written(lines[1:]),
    "two headers": lambda lines, _: written([HEADER, *lines]),
    "header again amid rows": insert(4, HEADER),
    "multi-line header": at(0, lambda text, d: text.replace("借据号", '"借据\r\n号"')),
    "header cut in two lines": at(0, lambda text, d: text.replace("证件号码,", "证件号码,\r\n")),
    "preamble": insert(0, "大同农商行贷款台账", ""),
    "preamble with delimiters": insert(
        0, "填报单位,农商行,,,,,,,,,,,,", "填报单位|邮储|||||||||||||||||||||||||||"
    ),
    "footnote": lambda lines, _: written([*lines, "注：含展期"]),
    "footnote amid rows": insert(3, "注：以下为展期"),
    "end of file mark": lambda lines, _: written(lines) + "\x1a",
    "end of file mark in a line": lambda lines, _: written([*lines, "\x1a"]),
    "blank lines": insert(3, "", "  ", "\t"),
    "rows of delimiters": lambda lines, d: written([*lines, d * lines[1].count(d)]),
    "line ends LF": lambda lines, _: written(lines, "\n"),
    "line ends CR": lambda lines, _: written(lines, "\r"),
    "line ends mixed": lambda lines, _: "\r\n".join(lines[:3]) + "\n" + written(lines[3:]),
    "line ends CR and LF mixed": lambda lines, _: "\r".join(lines[:3]) + "\r" + written(lines[3:]),
    "line ends CR CR LF": lambda lines, _: written(lines, "\r\r\n"),
    "no last line end": lambda lines, _: written(lines).removesuffix("\r\n"),
    "a line end lost": lambda lines, _: written([*lines[:3], lines[3] + lines[4], *lines[5:]]),
    "other delimiter ;": delimit(";"),
    "other delimiter tab": delimit("\t"),
    "other delimiter ,": delimit(","),
    "other delimiter |": delimit("|"),
    "other delimiter blank": delimit(" "),
    "other delimiter of two": delimit(", "),
    "other delimiter full-width": delimit("，"),
    "inconsistent delimiter in a row": at(3, lambda text, d: text.replace(d, ";")),
    "inconsistent delimiter in a field": at(3, lambda text, d: text.replace(d, ";", 3)),
    "one delimiter less": at(3, lambda text, d: text.replace(d, "", 1)),
    "one delimiter more": at(3, lambda text, d: text.replace(d, d + d, 1)),
    "ragged, one short and one long": lambda lines, d: at(4, lambda t, _: t + d)(
        at(3, lambda t, _: t.rpartition(d)[0])(lines, d).split("\r\n")[:-1], d
    ),
    "trailing delimiters": lambda lines, d: written([text + d for text in lines]),
    "trailing delimiters but in the header": lambda lines, d: written(
        [lines[0], *(text + d for text in lines[1:])]
    ),
    "delimiter in a field": in_field(3, 2, lambda field: field[:1] + ",|" + field[1:]),
    "delimiter in a quoted field": in_field(3, 2, lambda field: f'"{field},|"'),
    "quotes around all": quote_fields('"'),
    "single quotes around all": quote_fields("'"),
    "other quotes around all": quote_fields("“"),
    "quote that opens": in_field(3, 2, lambda field: f'"{field}'),
    "quote that closes": in_field(3, 2, lambda field: f'{field}"'),
    "quotes that open in two lines": lambda lines, d: in_field(4, 2, lambda f: f'"{f}')(
        in_field(3, 2, lambda f: f'"{f}')(lines, d).split("\r\n")[:-1], d
    ),
    "quotes that open and close in two lines": lambda lines, d: in_field(4, 2, lambda f: f'{f}"')(
        in_field(3, 2, lambda f: f'"{f}')(lines, d).split("\r\n")[:-1], d
    ),
    "quotes that open and close far apart": lambda lines, d: in_field(5, 7, lambda f: f'{f}"')(
        in_field(2, 5, lambda f: f'"{f}')(lines, d).split("\r\n")[:-1], d
    ),
    "quote amid a field": in_field(3, 2, lambda field: f'{field[:1]}"{field[1:]}'),
    "quotes around a part": in_field(3, 2, lambda field: f'"{field}"号'),
    "quote not doubled": in_field(3, 2, lambda field: f'"{field}"号"'),
    "quote escaped": in_field(3, 2, lambda field: f'"{field}\\"号"'),
    "quote doubled": in_field(3, 2, lambda field: f'"{field}""号"'),
    "escape before the delimiter": in_field(3, 2, lambda field: f"{field}\\"),
    "line end in quotes": in_field(3, 2, lambda field: f'"{field}\r\n"'),
    "line end without quotes": in_field(3, 2, lambda field: f"{field}\r\n"),
    "a note number in two": in_field(3, 7, lambda field: f"{field[:2]}\r\n{field[2:]}"),
    "carriage return in a field": in_field(3, 2, lambda field: f"{field}\r"),
    "unit separator": in_field(3, 2, lambda field: f"{field}\x1f\x85\u2028\x0b\x0c"),
    "NUL": in_field(3, 2, lambda field: f"{field}\0"),
    "long field": in_field(3, 2, lambda field: field * 100_000),
    "formula text": in_field(3, 2, lambda field: f'="{field}"'),
    "blanks around": lambda lines, d: written([text.replace(d, f" {d} ") for text in lines]),
    "blanks around quotes": lambda lines, d: written([text.replace(d, f'"{d} "') for text in lines]),
    "two tables": lambda lines, _: written([*lines, "", *lines]),
    "two files in one": lambda lines, _: written(lines) * 2,
    "rows twice": lambda lines, _: written([*lines[:3], *lines[2:]]),
    "column twice": with_column("借据号", "X", 2),
    "unknown column": with_column("星座", "双鱼", 2),
    "cut at a line": lambda lines, _: written(lines[:4]),
    "cut in a line": lambda lines, _: written(lines)[: len(written(lines)) * 2 // 3 + 9],
    "trailer padded": lambda lines, d: written(
        [*lines[:-1], lines[-1] + d * (lines[1].count(d) - lines[-1].count(d))]
    ),
    "trailer with words": lambda lines, _: written([*lines[:-1], lines[-1] + ",制表甄隐士"]),
    "trailer twice": lambda lines, _: written([*lines, lines[-1]]),
}
SHOWN_BY_A_TRAILER_ALONE = {"no header", "header only", "cut at a line"}
"""What leaves whole lines out; a file without header and trailer is as good with fewer lines."""

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]


def rows_of(tmp_path: Path, receipt: Receipt) -> set[tuple[object, ...]]:
    if receipt.outcome != "accepted":
        return set()
    staged = pl.read_parquet([tmp_path / part.path for part in receipt.staged_files])
    return set(
        staged.select(
            "note_number", "balance_yuan", "rate_pct", "grant_date", "due_date", "five_class"
        ).rows()
    )


def send(tmp_path: Path, reader: Reader, folder: str, name: str, data: bytes) -> Receipt:
    home = Home(tmp_path)
    prepare(home)
    (home.inbox / folder).mkdir(exist_ok=True)
    (home.inbox / folder / name).write_bytes(data)
    now = datetime(2023, 1, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    (receipt,) = receive(home, reader, now=lambda: now, settle_seconds=0, references=REFERENCES)
    return receipt


def assert_nothing_is_silently_wrong(
    tmp_path: Path, receipt: Receipt, sound: set[tuple[object, ...]]
) -> None:
    rows = rows_of(tmp_path, receipt)
    assert not receipt.is_internal_error
    assert rows <= sound
    assert rows == sound or receipt.outcome == "rejected" or receipt.rows.rejected > 0
    assert receipt.outcome == "accepted" or all(reason.message for reason in receipt.reasons)


def sound_rows(
    tmp_path: Path, reader: Reader, folder: str, name: str, lines: Lines
) -> set[tuple[object, ...]]:
    receipt = send(tmp_path / "sound", reader, folder, name, written(lines).encode("gb18030"))
    rows = rows_of(tmp_path / "sound", receipt)
    assert len(rows) == 6
    return rows


@pytest.fixture(scope="module", params=[",", "|"])
def form(request: pytest.FixtureRequest) -> tuple[str, str, str, Lines]:
    """Delimiter, folder, file name and lines of a sound file."""
    if request.param == ",":
        return ",", BANK, "贷款台账20221231.csv", LEDGER
    return "|", STOCK_BANK, "91999214MAXD3FKRQ4_CLGRDK_20221231.dat", STOCK


@pytest.mark.parametrize("pollution", POLLUTIONS)
def test_it_ends_right_or_refused(
    tmp_path: Path, reader: Reader, form: tuple[str, str, str, Lines], pollution: str
) -> None:
    delimiter, folder, name, lines = form
    if lines is STOCK and pollution in SHOWN_BY_A_TRAILER_ALONE:
        return
    sound = sound_rows(tmp_path, reader, folder, name, lines)

    polluted = POLLUTIONS[pollution](lines, delimiter).encode("gb18030")
    receipt = send(tmp_path / "polluted", reader, folder, name, polluted)

    assert_nothing_is_silently_wrong(tmp_path / "polluted", receipt, sound)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_it_ends_right_or_refused_in_any_encoding(
    tmp_path: Path, reader: Reader, form: tuple[str, str, str, Lines], encoding: str
) -> None:
    _, folder, name, lines = form
    sound = sound_rows(tmp_path, reader, folder, name, lines)

    receipt = send(tmp_path / "encoded", reader, folder, name, written(lines).encode(encoding))

    assert_nothing_is_silently_wrong(tmp_path / "encoded", receipt, sound)
