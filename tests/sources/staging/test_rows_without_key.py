"""A form whose rows have no key: the place of a row in its delivery tells it apart."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import polars as pl
import pytest

from schemas.fact import Fact
from schemas.field import columns, field
from schemas.lineage import StagedByRow
from schemas.validate import split
from sources.county.references import References
from sources.holding.home_states import home_states
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.intake import receive
from sources.reading.worker import Reader
from sources.staging.messages import rule_messages
from tests.district import REFERENCES, prepare, references_of
from tests.sources.grid import contract


class StagedRemark(StagedByRow):
    """What villagers said, and on how much land."""

    remark: str = field("意见", description="村民的意见")
    area_mu: pl.Int64 = field("面积", description="涉及的面积", unit="亩", ge=0, nullable=True)


NOW = datetime(2023, 1, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def references() -> References:
    form = contract(
        "remark.list",
        table="remark",
        title=["意见表"],
        reporters=["township"],
        accept="rows",
        columns={"remark": ["意见"], "area_mu": ["面积"]},
        units={"area_mu": "亩"},
    )
    return references_of({form.name: form}, {"remark": StagedRemark}, REFERENCES.places, REFERENCES.reporters)


def send(tmp_path: Path, references: References, reader: Reader, *rows: list[Any]) -> Receipt:
    """Send a yearly form of one township, an hour after the last."""
    home = Home(tmp_path)
    prepare(home)
    folder = home.inbox / "高山镇"
    folder.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    for row in (["2022年意见表"], ["意见", "面积"], *rows):
        book.active.append(row)
    book.save(folder / "高山镇2022年意见表.xlsx")
    now = NOW + timedelta(hours=len(read_receipts(home)))
    [receipt] = receive(home, reader, now=lambda: now, settle_seconds=0, references=references)
    return receipt


def staged(tmp_path: Path, receipt: Receipt) -> list[tuple[Any, ...]]:
    rows = pl.read_parquet([tmp_path / part.path for part in receipt.staged_files])
    return rows.select("sheet_name", "sheet_row", "remark", "area_mu").rows()


def test_rows_that_are_alike_all_count(tmp_path: Path, references: References, reader: Reader) -> None:
    receipt = send(tmp_path, references, reader, ["修路", 3], ["修路", 3], ["通水", -1])

    assert (receipt.outcome, receipt.rows.accepted, receipt.rows.rejected) == ("accepted", 2, 1)
    assert staged(tmp_path, receipt) == [("Sheet", 3, "修路", 3), ("Sheet", 4, "修路", 3)]
    [part] = receipt.candidate_files
    assert pl.read_parquet(tmp_path / part.path)["sheet_row"].to_list() == [5]


def test_a_resend_that_lacks_most_rows_waits(tmp_path: Path, references: References, reader: Reader) -> None:
    send(tmp_path, references, reader, ["修路", 1], ["通水", 2], ["绿化", 3], ["路灯", -1])
    short = send(tmp_path, references, reader, ["修路", 1], ["通水", -2])

    home = Home(tmp_path)
    states = home_states(home, references, read_receipts(home), NOW + timedelta(days=1))
    assert states.state_of(short) == "held"


def test_no_rule_asks_for_a_key_that_there_is_not(references: References) -> None:
    assert [
        name for name in rule_messages(StagedRemark, references.columns_to_fill("remark")) if "key" in name
    ] == []


def test_equal_places_are_still_equal_keys() -> None:
    lineage = {"sheet_name": "Sheet", "sheet_block": 1, "sheet_row": 3, "remark": "修路", "area_mu": 1}
    schema = {column.name: column.dtype for column in columns(StagedRemark)}
    row = dict.fromkeys(schema, "x") | lineage | {"flags": None, "corrected": None}

    assert split(pl.DataFrame([row, row | {"sheet_row": 4}], schema=schema), StagedRemark).reasons.height == 0
    assert (
        split(pl.DataFrame([row, row], schema=schema), StagedRemark).reasons["rule"].to_list()
        == ["key__duplicate"] * 2
    )


def test_its_fact_is_keyed_by_place_reporter_and_period() -> None:
    fact = Fact(StagedRemark, title="意见", grain="一行为一条意见", period="quarter")
    assert fact.key == ("sheet_name", "sheet_block", "sheet_row", "year", "quarter", "reporter_code")
