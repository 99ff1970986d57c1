"""网格划分台账: the grids into which villages and communities are divided, at the end of the year."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Aggregate, Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number

GRID_CODE = r"^[0-9]{15}$"
"""The 12 digits of the village or community and three of the grid."""


class StagedGrid(Staged):
    """Accepted rows of 网格划分台账, one per delivery and grid."""

    grid_code: str = field(
        "网格编码",
        description="15 位：所在村（社区）的区划代码 12 位，加网格顺序码 3 位",
        key=True,
        str_matches=GRID_CODE,
    )
    grid_name: str = field("网格名称", description="网格的名称", str_length={"min_value": 2, "max_value": 40})
    place_code: str = field(
        "村（社区）代码",
        description="网格所在的村或社区，由名称在填报单位内查得",
        place="any",
        references="dim_division.division_code",
    )
    has_party_group: pl.Boolean = field("成立党小组", description="网格上是否成立党小组")
    party_group_name: str = field(
        "党小组名称",
        description="网格党小组的名称；未成立或未命名的为空",
        blank="none",
        str_length={"min_value": 2, "max_value": 40},
    )
    households: pl.Int64 = field(
        "户数", description="网格内的户数", unit="户", ge=0, unwatched="honestly_wide"
    )
    party_centre_households: pl.Int64 = field(
        "党员中心户", description="网格内的党员中心户", unit="户", ge=0, unwatched="small_counts"
    )
    buildings: pl.Int64 = field(
        "楼栋（片区）",
        description="网格内的楼栋或片区；没有的为空",
        unit="个",
        ge=0,
        blank="none",
        unwatched="small_counts",
    )

    no_personal_number = rule(
        "名称中不应有电话或证件号码", no_long_number, of=("grid_name", "party_group_name")
    )
    names_a_group = rule(
        "党小组名称应以“党小组”结尾",
        pl.col("party_group_name").str.ends_with("党小组"),
        of="party_group_name",
    )
    group_before_its_name = rule(
        "未成立党小组的网格不应有党小组名称", pl.col("has_party_group") | pl.col("party_group_name").is_null()
    )
    centre_within_households = rule(
        "党员中心户不应多于户数", pl.col("party_centre_households") <= pl.col("households")
    )
    code_of_place = rule(
        "网格编码前 12 位应为所在村（社区）的区划代码",
        pl.col("grid_code").str.starts_with(pl.col("place_code")),
        flag=True,
    )


GRID = Fact(
    StagedGrid,
    title="网格",
    grain="一行为一个网格的一年，取有效报送；网格在村或社区之内",
    place=("place_code",),
    keyed_by_reporter=True,
)


def _stock(
    code: str,
    name: str,
    name_en: str,
    unit: str,
    definition: str,
    term: tuple[Aggregate, str],
    where: str = "true",
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=definition,
        source="网格划分台账表式说明",
        form="网格划分台账",
        unit=unit,
        kind="stock",
        value=Term("fact_grid", *term, where=where),
    )


INDICATORS = [
    _stock(
        "grid_count", "网格", "grids", "个",
        "年末划分的网格，一个编码计一次", ("count_distinct", "grid_code"),
    ),
    _stock(
        "grid_party_group_count", "网格党小组", "party groups on grids", "个",
        "年末成立了党小组的网格；一个网格至多计一个党小组", ("count_distinct", "grid_code"), "has_party_group",
    ),
    _stock(
        "party_centre_household_count", "党员中心户", "households that are centres for party members", "户",
        "年末各网格的党员中心户之和", ("sum", "party_centre_households"),
    ),
    _stock(
        "grid_household_count", "网格覆盖户数", "households within grids", "户",
        "年末各网格的户数之和；一户有几处住所的可能重复", ("sum", "households"),
    ),
]  # fmt: skip
