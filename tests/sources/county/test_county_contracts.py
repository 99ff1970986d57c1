"""What a county's contract means beside the stock's of the same name."""

from pathlib import Path

import pytest

from schemas.errors import XiangcangError
from sources.county.county_contracts import read_county_contracts, refine
from sources.county.references import read_references


def write(folder: Path, name: str, text: str) -> None:
    (folder / "contracts" / name).write_text(text, "utf-8")


def test_a_countys_headings_come_before_the_stocks_and_its_terms_instead_of_them(folder: Path) -> None:
    write(folder, "grid.register.toml", 'due_days = 5\n[columns]\nhouseholds = ["户 数（户）"]\n')
    contract = read_county_contracts(folder / "contracts").contracts["grid.register"]
    stock = read_county_contracts(folder / "nowhere").contracts["grid.register"]
    assert contract.due_days == 5
    assert contract.columns["households"] == ["户 数（户）", *stock.columns["households"]]
    assert contract.columns["grid_code"] == stock.columns["grid_code"]
    assert contract.title == stock.title


def test_sections_are_merged_key_by_key() -> None:
    stock = {"workbook": {"shape": "rows", "footer": ["注"]}, "values": {"kind": {"甲": "一"}}}
    own = {"workbook": {"footer": ["备注"]}, "values": {"kind": {"乙": "二"}}}
    assert refine(stock, own) == {
        "workbook": {"shape": "rows", "footer": ["备注"]}, "values": {"kind": {"甲": "一", "乙": "二"}},
    }  # fmt: skip


def test_a_form_that_a_county_takes_from_everybody_is_absent(folder: Path) -> None:
    write(folder, "grid.register.toml", "reporters = []\n")
    references = read_references(folder)
    assert "grid.register" not in references.contracts
    assert "grid" not in references.reported
    assert "grid" in references.tables  # what reads it finds it empty


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("grid.register.toml", "due_day = 5\n", "grid.register.toml 有误：第 1 行 due_day：没有这一项"),
        ("grid.register.toml", "[fields.house]\nmost = 3\n", "表 grid 没有字段 house"),
        ("grid.register.toml", "[fields.households]\nmost = '三'\n", "第 2 行 fields.households.most"),
        (
            "grid.register.toml",
            "[[rules]]\nrule = '1=2'\n",
            "程序已有的表只能在 \\[fields\\] 中写 least、most、allowed",
        ),
        ("pond.list.toml", "table = 'pond'\n", "应有 \\[workbook\\]、\\[text\\] 两节之一"),
        ("pond.toml", "table = 'pond'\n", "文件名不对；应为 表.版式.toml"),
    ],
)
def test_a_fault_is_named_with_file_line_and_what_is_allowed(
    name: str, text: str, sentence: str, folder: Path
) -> None:
    write(folder, name, text)
    with pytest.raises(XiangcangError, match=sentence):
        read_references(folder)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("county.toml", "code = '14021'\n", "county.toml 有误：第 1 行 code"),
        ("indicators.toml", "[grid_counts]\nname = '网格'\n", "没有指标 grid_counts，是否应为 grid_count"),
        (
            "indicators.toml",
            "[own]\nlike = 'farm_loan_disbursed'\ninstitution = 'icbc'\n",
            "第 3 行 own.institution：没有哪种表由 icbc 报送",
        ),
    ],
)
def test_a_fault_in_what_a_county_says_of_itself_is_named(
    name: str, text: str, sentence: str, folder: Path
) -> None:
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(XiangcangError, match=sentence):
        read_references(folder)


def test_a_code_that_the_division_list_has_not_is_refused(folder: Path) -> None:
    terms = folder / "county.toml"
    terms.write_text(terms.read_text("utf-8").replace("140214", "140215"), "utf-8")
    with pytest.raises(XiangcangError, match="区划名录里没有区县 140215；名录里是 140214"):
        read_references(folder)


def test_a_card_of_an_indicator_that_there_is_not_is_refused(folder: Path) -> None:
    terms = folder / "county.toml"
    terms.write_text(terms.read_text("utf-8").replace("weak_party_org_count", "weak_party_count"), "utf-8")
    with pytest.raises(
        XiangcangError, match="cards：没有指标 weak_party_count，是否应为 weak_party_org_count"
    ):
        read_references(folder)


def test_a_folder_that_has_not_changed_is_not_read_again(folder: Path) -> None:
    first = read_references(folder)
    assert read_references(folder) is first
    write(folder, "grid.register.toml", "due_days = 5\n")
    assert read_references(folder) is not first
