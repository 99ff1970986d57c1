"""A steward's word that one delivery counts although its printed totals are not the sums of its rows."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import polars as pl
import pytest

from schemas.field import field
from schemas.lineage import Staged
from sources.county.references import References
from sources.holding.decide import accept_totals
from sources.holding.decisions import DecisionRefused, read_accepted_totals
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.intake import receive
from sources.reading.worker import Reader
from tests.district import REFERENCES, prepare, references_of
from tests.sources.grid import contract

NOW = datetime(2023, 1, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


class StagedPond(Staged):
    """A pond and its area."""

    pond: str = field("鱼塘", description="名称", key=True)
    area_mu: pl.Int64 = field("面积", description="水面", unit="亩", ge=0)


@pytest.fixture(scope="module")
def references() -> References:
    form = contract(
        "pond.list", table="pond", title=["鱼塘表"], reporters=["township"],
        columns={"pond": ["鱼塘"], "area_mu": ["面积"]}, units={"area_mu": "亩"},
        workbook={"total_rows": ["合计"]},
    )  # fmt: skip
    return references_of({form.name: form}, {"pond": StagedPond}, REFERENCES.places, REFERENCES.reporters)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    prepare(home)
    return home


def send(home: Home, name: str, *areas: int, total: int) -> None:
    book = openpyxl.Workbook()
    rows = [(f"塘{number}", area) for number, area in enumerate(areas)]
    for row in (["2022年鱼塘表"], ["鱼塘", "面积"], *rows, ["合计", total]):
        book.active.append(row)
    folder = home.inbox / "高山镇"
    folder.mkdir(exist_ok=True)
    book.save(folder / name)


def load(home: Home, references: References, reader: Reader, hours: int = 0) -> list[Receipt]:
    now = NOW + timedelta(hours=hours)
    return receive(home, reader, now=lambda: now, settle_seconds=0, references=references)


def accept(home: Home, receipt: Receipt) -> None:
    accept_totals(home, receipt.delivery_id, why="含已撤并的村", by="统计股", now=NOW + timedelta(hours=1))


def test_a_delivery_whose_totals_are_accepted_is_read_again_and_counts(
    home: Home, references: References, reader: Reader
) -> None:
    send(home, "2022年鱼塘表.xlsx", 3, 4, total=8)
    [rejected] = load(home, references, reader)
    assert [reason.rule for reason in rejected.reasons] == ["delivery__control_total"]
    accept(home, rejected)

    [accepted] = load(home, references, reader, hours=2)

    assert (accepted.delivery_id, accepted.revision) == (rejected.delivery_id, 2)
    assert (accepted.outcome, accepted.rows.accepted, accepted.reasons) == ("accepted", 2, [])
    assert [total.agrees for total in accepted.control_totals] == [False]
    assert accepted.totals_accepted_by == "统计股"
    assert load(home, references, reader, hours=3) == []


def test_the_reply_says_by_whose_word(home: Home, references: References, reader: Reader) -> None:
    send(home, "2022年鱼塘表.xlsx", 3, 4, total=8)
    accept(home, *load(home, references, reader))
    load(home, references, reader, hours=2)

    pages = [path.read_text("utf-8") for path in home.outbox.rglob("*.html")]
    assert any("统计股 已准予照收" in page for page in pages)


def test_other_deliveries_with_wrong_totals_are_still_rejected(
    home: Home, references: References, reader: Reader
) -> None:
    send(home, "2022年鱼塘表.xlsx", 3, 4, total=8)
    accept(home, *load(home, references, reader))
    load(home, references, reader, hours=2)
    send(home, "2022年鱼塘表更正.xlsx", 3, 5, total=9)

    [other] = load(home, references, reader, hours=3)

    assert [reason.rule for reason in other.reasons] == ["delivery__control_total"]


def test_a_row_that_is_wrong_rejects_it_all_the_same(
    home: Home, references: References, reader: Reader
) -> None:
    send(home, "2022年鱼塘表.xlsx", 3, -4, total=8)
    accept(home, *load(home, references, reader))

    [receipt] = load(home, references, reader, hours=2)

    assert [reason.rule for reason in receipt.reasons] == ["delivery__rejected_rows"]


def test_only_totals_that_reject_can_be_accepted_and_only_once(
    home: Home, references: References, reader: Reader
) -> None:
    send(home, "2022年鱼塘表.xlsx", 3, 4, total=7)
    [sound] = load(home, references, reader)
    with pytest.raises(DecisionRefused, match="没有可准的"):
        accept(home, sound)
    with pytest.raises(DecisionRefused, match="没有编号为 x 的报送"):
        accept(home, sound.model_copy(update={"delivery_id": "x"}))
    send(home, "2022年鱼塘表.xlsx", 3, 4, total=8)
    [broken] = load(home, references, reader, hours=1)
    accept(home, broken)
    with pytest.raises(DecisionRefused, match="已经准予不符"):
        accept(home, broken)
    assert read_accepted_totals(home) == {broken.delivery_id: "统计股"}
    assert [receipt.totals_accepted_by for receipt in read_receipts(home)] == ["", ""]
