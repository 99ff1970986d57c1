"""网格: grids, their party groups, and the households that are centres for party members."""

from schemas.indicator import Aggregate, Indicator, Term


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
