"""Contracts: every one in the repository is valid, and a mistake in one names file and key."""

from pathlib import Path

import pytest

from sources.county.contract import Contract, WorkbookContract
from sources.county.contract_files import ContractError, read_contract, read_contracts
from sources.county.references import References, read_references
from sources.text.squeeze import squeeze
from tests.district import COUNTY, STAGED, STOCK

CONTRACTS = sorted(STOCK.glob("*.*.toml"))


@pytest.fixture(scope="module")
def references() -> References:
    return read_references(COUNTY)


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_a_contract_fills_the_columns_of_its_table_and_no_others(path: Path, references: References) -> None:
    contract = read_contract(path)
    lines = contract.workbook.lines if isinstance(contract, WorkbookContract) else {}
    columns = {column.name: column for column in references.columns_to_fill(contract.table)}

    assert contract.table in STAGED
    assert path.stem.split(".")[0] == contract.table
    assert {*contract.columns, *lines} <= columns.keys()
    assert {name for name, column in columns.items() if not column.nullable} <= {*contract.columns, *lines}
    assert set(contract.values) <= columns.keys()


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_what_a_value_stands_for_is_one_of_the_tables_own(path: Path, references: References) -> None:
    contract = read_contract(path)
    allowed = {column.name: column.allowed for column in references.columns_to_fill(contract.table)}

    for field, stands_for in contract.values.items():
        assert allowed[field] is not None, field
        assert set(stands_for.values()) <= set(allowed[field] or ()), field


def test_every_table_has_a_contract_and_every_contract_a_reporter(references: References) -> None:
    assert {contract.table for contract in references.contracts.values()} == set(STAGED)
    for contract in references.contracts.values():
        assert [r.code for r in references.reporters if contract.expects(r.kind, r.code)] != [], contract.name


def read_toml(tmp_path: Path, text: str) -> Contract:
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")
    return read_contract(path)


GOOD = """
table = "village_profile"
title = ["表"]
reporters = ["township"]
cadence = "year"
due_days = 1
[workbook]
shape = "rows"
[columns]
village_code = ["村名"]
"""
TEXT = (
    GOOD.partition("[workbook]")[0]
    + """
[columns]
village_code = ["村名"]
[text]
delimiter = ","
header = true
"""
)


@pytest.mark.parametrize(
    ("toml", "word"),
    [
        (GOOD.replace("due_days", "due_day"), "due_day"),
        (GOOD.replace('"year"', '"weekly"'), "cadence"),
        (GOOD.replace('shape = "rows"', 'shape = "rows"\nheader_row = 2'), "header_row"),
        (GOOD + 'population = ["村 名"]', "村名"),
        (GOOD + "[text]\ndelimiter = ','\nheader = true", "workbook"),
        (TEXT + "quote = 'single'", "quote"),
        (TEXT + "quote = ''", "quote"),
        (GOOD.replace('"year"', '"quarter"\ncumulative = 1.5'), "cumulative"),
        (GOOD.replace('"year"', '"year"\ncumulative = true'), "cumulative"),
        (GOOD.replace('"year"', '"quarter"') + 'sales_ytd_yuan = ["销售收入"]', "sales_ytd_yuan"),
        (GOOD.replace('"year"', '"quarter"\nfirst = "2021"'), "2021"),
        (GOOD.replace('"year"', '"half"\nfirst = "2021-H3"'), "2022-H1"),
        (GOOD.replace('"year"', '"ten_days"\nlast = "2021-06"'), "2022-06-D1"),
        (GOOD.replace('"year"', '"once"'), "first"),
        (GOOD.replace('"year"', '"once"\nfirst = "2021"\nlast = "2022"'), "last"),
        (GOOD.replace('"year"', '"year"\nlast = "2022年"'), "2022年"),
        (GOOD.replace('"year"', '"year"\nfirst = "2023"\nlast = "2022"'), "2023"),
        ("= 1", "x.toml"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, toml: str, word: str) -> None:
    assert read_toml(tmp_path, GOOD).table == "village_profile"
    with pytest.raises(ContractError, match=r"x\.toml") as error:
        read_toml(tmp_path, toml)
    assert word in str(error.value)


def test_a_contract_may_say_when_a_form_begins_and_ends(tmp_path: Path) -> None:
    terms = 'cumulative = true\nfirst = "2021-Q1"\nlast = "2022-Q4"'
    contract = read_toml(tmp_path, GOOD.replace('"year"', f'"quarter"\n{terms}'))

    assert (contract.first, contract.last, contract.cumulative) == ("2021-Q1", "2022-Q4", True)


def test_a_contract_may_state_what_its_form_does_not(tmp_path: Path) -> None:
    terms = """
[units]
sown_area_mu = "公顷"
[numeric_codes]
project_code = 9
[formats]
begun_date = "excel"
[places.level]
village_code = "community"
[ignored_columns]
"{last_year}年{quarter}季度" = "上年同期"
"""
    contract = read_toml(tmp_path, GOOD.replace('"year"', '"quarter"\nmissing = ["null"]') + terms)

    assert (contract.units, contract.numeric_codes) == ({"sown_area_mu": "公顷"}, {"project_code": 9})
    assert (contract.formats, contract.missing) == ({"begun_date": "excel"}, ["null"])
    assert contract.places.level == {"village_code": "community"}
    assert contract.reason_to_ignore(["2021年一季度"], "2022-Q1") == "上年同期"
    assert contract.reason_to_ignore(["2021年一季度"], "2022-Q2") is None


def test_labels_are_compared_without_space_and_width() -> None:
    assert squeeze(" 合　 计（户）\ue000") == "合计(户)"


DEFAULTS = """
[workbook]
shape = "rows"
footer = ["填表人"]
[rows]
header_ends_at = "甲"
[ignored_columns]
"备注" = "自由文字"
"""
TERMS = """
table = "grid"
title = ["网格"]
reporters = ["township"]
cadence = "year"
due_days = 31
"""


def with_defaults(folder: Path, more: str) -> WorkbookContract:
    (folder / "defaults.toml").write_text(DEFAULTS, "utf-8")
    (folder / "grid.register.toml").write_text(TERMS + more, "utf-8")
    (contract,) = read_contracts(folder).values()
    assert isinstance(contract, WorkbookContract)
    return contract


def test_a_contract_says_only_where_it_differs(tmp_path: Path) -> None:
    contract = with_defaults(tmp_path, '[workbook]\nfooter = ["注"]\n[columns]\ngrid_code = ["网格编码"]\n')

    assert (contract.workbook.shape, contract.workbook.header_ends_at) == ("rows", "甲")
    assert contract.workbook.footer == ["注"]
    assert contract.ignored_columns == {"备注": "自由文字"}


def test_a_contract_takes_a_default_back_by_an_empty_text_or_by_reading_the_column(tmp_path: Path) -> None:
    contract = with_defaults(
        tmp_path, '[workbook]\nheader_ends_at = ""\n[columns]\ngrid_code = ["网格编码"]\nremark = ["备注"]\n'
    )

    assert contract.workbook.header_ends_at is None
    assert contract.ignored_columns == {}


def test_the_default_of_rows_is_none_of_a_form_that_runs_down(tmp_path: Path) -> None:
    contract = with_defaults(tmp_path, '[workbook]\nshape = "form"\n[columns]\ngrid_code = ["网格编码"]\n')
    assert contract.workbook.header_ends_at is None


def test_defaults_are_read_as_strictly_as_contracts(tmp_path: Path) -> None:
    (tmp_path / "defaults.toml").write_text("[workbok]\n", "utf-8")
    (tmp_path / "grid.register.toml").write_text(TERMS, "utf-8")
    with pytest.raises(ContractError, match=r"defaults\.toml"):
        read_contracts(tmp_path)
