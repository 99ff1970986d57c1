"""村庄分类布局表: villages are looked up on the list that they were classified on, not on that of the period."""

from datetime import date

import polars as pl
import pytest

from sample.forms.village_class import CLASSIFIED_ON
from schemas.validate import rules
from sources.county.references import References, read_references
from sources.layout.draft import Draft
from sources.reading.cells import Workbook
from sources.staging.parse import Parsed, parse
from sources.workbook_delivery import workbook_drafts
from tests.district import COUNTY, STAGED
from tests.sources.grid import Cell, sheet

KOUQUAN = "140214200000"
HEADER: list[Cell] = ["所属乡镇", "村庄名称", "对应行政村", "村庄类别", "分类基准日"]


@pytest.fixture(scope="module")
def references() -> References:
    return read_references(COUNTY)


def drafted(references: References, *rows: list[Cell]) -> Draft:
    lines = sheet(
        ["村庄分类布局表"],
        ["填报单位：区自然资源局", None, "报告期：2022年"],
        HEADER,
        ["甲", "乙", "丙", "丁", "戊"],
        *rows,
    )
    bureau = next(r for r in references.reporters if r.code == "natural_resources")
    [draft] = workbook_drafts(Workbook("xlsx", [lines]), "2022年村庄分类布局表.xlsx", references, bureau)
    return draft


def read(references: References, *rows: list[Cell]) -> Parsed:
    draft = drafted(references, *rows)
    assert draft.reasons == []
    assert draft.contract is not None
    [part] = draft.parts()
    return parse(
        part.candidates, references.columns_to_fill("village_class"), draft.contract, references.places
    )


def test_a_village_that_left_the_list_before_the_period_is_found_on_the_basis_date(
    references: References,
) -> None:
    parsed = read(
        references,
        ["口泉乡", "曹家窑村", "曹家窑村", "搬迁撤并类", "2020-06-30"],
        ["口泉乡", "杨家窑村", "杨家窑", "特色保护类", "2020-06-30"],
    )

    assert parsed.unread.rows() == []
    assert parsed.values.select("township_code", "village_name", "village_code").rows() == [
        (KOUQUAN, "曹家窑村", "140214200000/曹家窑村"),
        (KOUQUAN, "杨家窑村", "140214200229"),
    ]


def test_a_village_that_came_after_the_basis_date_is_not_known_on_it(references: References) -> None:
    parsed = read(references, ["高山镇", "白塔村", "白塔村", "其他类", "2020-06-30"])

    assert parsed.unread.rows() == [(0, "village_code", "unknown_place")]


def test_a_village_that_the_list_does_not_have_is_named_and_placed_nowhere(references: References) -> None:
    parsed = read(references, ["—", "合成第121村", "—", "其它类", "2020-06-30"])

    assert parsed.unread.rows() == []
    assert parsed.values.rows() == [(None, "合成第121村", None, "其他类", date(2020, 6, 30))]


@pytest.mark.parametrize(
    ("wording", "meant"), [("其它类", "其他类"), ("其它", "其他类"), ("搬迁撤并", "搬迁撤并类")]
)
def test_wordings_of_a_class(references: References, wording: str, meant: str) -> None:
    parsed = read(references, ["口泉乡", "口泉村", "口泉村", wording, "2020-06-30"])

    assert parsed.values["village_class"].to_list() == [meant]


def test_the_contract_looks_up_villages_on_the_day_that_the_table_demands(references: References) -> None:
    assert references.contracts["village_class.register"].places.on == CLASSIFIED_ON
    of_day = [
        rule.holds
        for rule in rules(STAGED["village_class"])
        if rule.name in ("basis_date__least", "basis_date__most")
    ]
    dates = pl.DataFrame({"basis_date": [date(2020, 6, 29), CLASSIFIED_ON, date(2022, 10, 31)]})
    assert dates.select(pl.all_horizontal(of_day)).to_series().to_list() == [False, True, False]


def test_without_a_day_of_its_own_a_contract_looks_up_places_at_the_end_of_the_period(
    references: References,
) -> None:
    assert Draft(references.contracts["village_class.register"], period="2022").places_on == date(2020, 6, 30)
    assert Draft(references.contracts["rural_tourism.month"], period="2022-06").places_on == date(2022, 6, 30)
