"""Forms of layouts that the contract allows and none of the county's forms has yet."""

import polars as pl

from schemas.field import Yuan, field
from schemas.lineage import Staged
from sources.county.contract import contract_of
from sources.county.references import read_references
from tests.district import COUNTY, references_of
from tests.sources.templates.template_values import Form


class StagedCropland(Staged):
    """Cropland of a village, in mu."""

    village_code: str = field("村", description="所在行政村", key=True, place="village")
    paddy_mu: pl.Int64 = field("水田", description="水田面积", unit="亩", ge=0)
    dry_mu: pl.Int64 = field("旱地", description="旱地面积", unit="亩", ge=0, nullable=True)
    trees: pl.Int64 = field("果树", description="成年果树", unit="株", gt=0, lt=1000)
    head_age: pl.Int64 = field("负责人年龄", description="周岁", unit="岁", ge=18, le=90, nullable=True)


class StagedHousehold(Staged):
    """Income of households by kind of household."""

    households: str = field("住户", description="住户的类别", key=True, isin=["总计", "城镇", "农村"])
    income_yuan: Yuan = field("可支配收入", description="当期收入", unit="元", ge=0)
    wage_yuan: Yuan = field("工资性收入", description="其中工资", unit="元", ge=0, nullable=True)


_CROPLAND = {
    "table": "cropland", "title": ["耕地情况"], "reporters": ["township"], "cadence": "year", "due_days": 9,
}  # fmt: skip
_HOUSEHOLD = _CROPLAND | {"table": "household", "title": ["住户收入"], "cadence": "quarter", "totals": "none"}
_PATHS = {"paddy_mu": ["耕地/水田"], "dry_mu": ["耕地/旱地"]}
_REST = {"trees": ["果树"], "head_age": ["年龄"]}
_DOWN = {"shape": "form", "value_column": ["数量"], "lines": {"village_code": ["村名"]}}

_CONTRACTS = {
    "headings over headings": _CROPLAND | {
        "workbook": {"shape": "rows", "period_line": ["年度"], "total_rows": ["合计"], "header_rows": 3},
        "columns": {"village_code": ["村名"]} | _PATHS | _REST, "not_totalled": ["trees"],
    },
    "columns known by codes, the first by none": _CROPLAND | {
        "workbook": {"shape": "rows", "header_ends_at": "甲"},
        "columns": {"village_code": [""], "paddy_mu": ["01"], "dry_mu": ["02"], "trees": ["03"], "head_age": ["04"]},
    },
    "indicators under indicators": _CROPLAND | {
        "workbook": _DOWN | {"header_ends_at": "甲"}, "columns": _PATHS | _REST,
    },
    "a unit by contract, headings with and without the period": _CROPLAND | {
        "workbook": {"shape": "rows"}, "units": {"paddy_mu": "亩"},
        "columns": {"village_code": ["{year}年村名", "村名"], "paddy_mu": ["{year}年水田", "水田"], "trees": ["果树"]},
    },
    "a record a value column": _HOUSEHOLD | {
        "workbook": {
            "shape": "form", "code_column": ["代码"], "value_column": ["总计", "城镇", "农村"],
            "value_name": "households", "period_line": ["报告期"],
        },
        "columns": {"income_yuan": ["1100"], "wage_yuan": ["1101"]},
    },
}  # fmt: skip


def unusual_forms() -> list[Form]:
    """One form a layout, each alone among contracts of its own."""
    known = read_references(COUNTY)
    tables = {"cropland": StagedCropland, "household": StagedHousehold}
    reporter = known.reporters[0]
    forms = []
    for name, fields in _CONTRACTS.items():
        contract = contract_of({"name": name} | fields)
        references = references_of({name: contract}, tables, known.places, known.reporters)
        forms.append(Form(contract, reporter, references))
    return forms
