"""Drafts of delimited text files."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sources.county.contract import contract_of
from sources.drafting.text_file import draft_text
from sources.drafting.toml_text import write_toml
from sources.reading.cells import Unreadable
from sources.reading.worker import Reader
from tests.district import REFERENCES

LEDGER = (
    "数据日期,借据号,客户姓名,贷款余额（元）,年利率（%）\n"
    "20220630,A0001,张三,1000.50,4.35\n20220630,A0002,李四,2000.00,5.10\n"
)


def terms(reader: Reader, folder: Path, text: str, encoding: str = "utf-8") -> dict[str, Any]:
    path = folder / "贷款明细_20220630.csv"
    path.write_bytes(text.encode(encoding))
    form, layout = draft_text(path, reader, REFERENCES)
    return tomllib.loads(write_toml(form, layout))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_header_line_names_the_fields(reader: Reader, tmp_path: Path, encoding: str) -> None:
    drafted = terms(reader, tmp_path, LEDGER, encoding)

    assert drafted["text"] == {"delimiter": ",", "quote": "none", "header": True, "period_column": "数据日期"}
    assert drafted["columns"] == {
        "note_number": ["借据号"], "balance_yuan": ["贷款余额"], "rate_pct": ["年利率"],
    }  # fmt: skip
    assert drafted["ignored_columns"] == {"客户姓名": "个人姓名，不入库"}
    assert drafted["fields"]["note_number"]["key"] is True


@pytest.mark.parametrize("delimiter", ["|", "\t", ";"])
def test_the_delimiter_is_what_parts_the_lines_evenly(reader: Reader, tmp_path: Path, delimiter: str) -> None:
    drafted = terms(reader, tmp_path, LEDGER.replace(",", delimiter))

    assert drafted["text"]["delimiter"] == delimiter
    assert list(drafted["columns"]) == ["note_number", "balance_yuan", "rate_pct"]


def test_quotes_are_seen(reader: Reader, tmp_path: Path) -> None:
    assert terms(reader, tmp_path, LEDGER.replace("A0001", '"A,0001"'))["text"]["quote"] == "double"


def test_without_a_header_the_fields_are_numbered_to_be_named(reader: Reader, tmp_path: Path) -> None:
    drafted = terms(reader, tmp_path, "A0001|12.5|东村\nA0002|13.5|西村\n")

    assert drafted["text"]["header"] is False
    assert drafted["text"]["fields"] == ["第1栏", "第2栏", "第3栏"]


def test_a_trailer_is_no_row_and_marked(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "贷款.csv"
    path.write_text(LEDGER + "合计笔数,2,发放金额合计,3000.50\n", encoding="utf-8")
    form, layout = draft_text(path, reader, REFERENCES)

    assert layout.has_trailer
    assert len(form.rows.records) == 2
    assert "待核：末行像是合计" in write_toml(form, layout)


def test_the_draft_is_a_contract(reader: Reader, tmp_path: Path) -> None:
    drafted = terms(reader, tmp_path, LEDGER)
    own = {"form", "fields", "rules", "indicators"}
    made = contract_of(
        {key: value for key, value in drafted.items() if key not in own} | {"name": "loans.file"}
    )

    assert made.field_of_header["借据号"] == "note_number"


def test_a_text_of_words_is_refused(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        terms(reader, tmp_path, "各乡镇\n请于月底前报送\n")
