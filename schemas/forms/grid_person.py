"""网格员、楼长、单元长花名册: who serves on which grid, in which role, at the end of the year."""

import polars as pl

from schemas.field import field
from schemas.forms.grid import GRID_CODE
from schemas.indicator import Indicator, Term
from schemas.lineage import FactLineage, Staged
from schemas.rule import rule
from schemas.rules import id_number_holds, no_long_number

ROLES = ["网格员", "楼长", "单元长"]
EMPLOYMENTS = ["专职", "兼职"]


class StagedGridPerson(Staged):
    """Accepted rows of the roster, one per delivery, person, role and grid."""

    person_key: str = field(
        "人员", description="证件号码的加盐散列；证件号码本身不入库", key=True, pii="id_number"
    )
    role: str = field("职责", description="一人可有两种职责，各成一行", key=True, isin=ROLES)
    grid_code: str = field(
        "网格编码", description="村（社区）代码 12 位加顺序码 3 位", key=True, str_matches=GRID_CODE
    )
    employment: str = field(
        "专兼职", description="网格员专职或兼职；楼长、单元长为空", isin=EMPLOYMENTS, blank="not_applicable"
    )
    building_number: str = field(
        "楼栋（片区）号",
        description="楼长、单元长所在的楼栋或片区；网格员为空",
        str_length={"min_value": 1, "max_value": 20},
        blank="not_applicable",
    )
    unit_number: str = field(
        "单元号",
        description="单元长所在的单元；其余为空",
        str_length={"min_value": 1, "max_value": 20},
        blank="not_applicable",
    )

    check_digit = rule("证件号码的校验码应成立", id_number_holds(pl.col("person_key")), of="person_key")
    building_without_personal_number = rule(
        "楼栋（片区）号中不应有电话或证件号码",
        no_long_number(pl.col("building_number")),
        of="building_number",
        name="no_personal_number",
    )
    unit_without_personal_number = rule(
        "单元号中不应有电话或证件号码",
        no_long_number(pl.col("unit_number")),
        of="unit_number",
        name="no_personal_number",
    )
    worker_employed = rule(
        "网格员应注明专职或兼职", (pl.col("role") != "网格员") | pl.col("employment").is_not_null()
    )
    leader_has_building = rule(
        "楼长、单元长应填写楼栋（片区）号",
        (pl.col("role") == "网格员") | pl.col("building_number").is_not_null(),
    )
    unit_leader_has_unit = rule(
        "单元长应填写单元号", (pl.col("role") != "单元长") | pl.col("unit_number").is_not_null()
    )


class FactGridPerson(FactLineage):
    """One row per person, role, grid, reporter and year."""

    period: str = field("报告期", description="形如 2022")
    person_key: str = field("人员", description="证件号码的散列，各单位之间相同", key=True)
    role: str = field("职责", description="网格员、楼长或单元长", key=True)
    grid_code: str = field("网格编码", description="村（社区）代码 12 位加顺序码 3 位", key=True)
    year: pl.Int32 = field("年", description="报告年", key=True)
    reporter_code: str = field(
        "填报单位代码", description="报送的乡镇或街道", key=True, references="dim_reporter.reporter_code"
    )
    division_key: str = field(
        "区划键",
        description="年末时网格所在的村或社区，由网格编码得出；编码不在名录的为填报的乡镇、街道",
        references="dim_division.division_key",
    )
    township_code: str = field(
        "乡镇街道代码", description="所在的乡镇、街道", references="dim_division.division_code"
    )
    employment: str = field("专兼职", description="楼长、单元长为空", nullable=True)
    building_number: str = field("楼栋（片区）号", description="网格员为空", nullable=True)
    unit_number: str = field("单元号", description="单元长所在的单元；其余为空", nullable=True)

    class Config:
        title = "网格员、楼长、单元长"
        description = "一行为一人一种职责一个网格的一年，取有效报送；人数按人员计，不按行计"


def _persons(code: str, name: str, name_en: str, where: str, subject: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=f"年末在册的{subject}，一人计一次；兼有两种职责的，在两个指标中各计一次",
        source="网格员、楼长、单元长花名册表式说明",
        form="网格员、楼长、单元长花名册",
        unit="名",
        kind="stock",
        value=Term("fact_grid_person", "count_distinct", "person_key", where=where),
    )


INDICATORS = [
    _persons("grid_worker_count", "网格员", "grid workers", "role = '网格员'", "专职、兼职网格员"),
    _persons(
        "full_time_grid_worker_count", "专职网格员", "full-time grid workers",
        "role = '网格员' and employment = '专职'", "专职网格员",
    ),
    _persons("building_leader_count", "楼长", "building leaders", "role = '楼长'", "楼长（片长）"),
    _persons("unit_leader_count", "单元长", "unit leaders", "role = '单元长'", "单元长"),
]  # fmt: skip
