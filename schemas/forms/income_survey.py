"""农村住户收入调查表: sampled households, their income by source, and the weight with which each counts."""

from typing import Annotated

import polars as pl

from schemas.fact import Fact
from schemas.field import Yuan, field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule

COMPONENTS = ("wage_income_yuan", "business_income_yuan", "property_income_yuan", "transfer_income_yuan")
"""The four sources that make up disposable income."""

Weight = Annotated[pl.Decimal, 9, 2]
"""Households that a sampled one stands for; multiplied by yuan to the cent it stays exact to four decimals."""


class StagedIncomeSurvey(Staged):
    """Accepted rows of 农村住户收入调查表, one per delivery and sampled household; net income can be negative."""

    household_key: str = field("住户", description="住户编码的加盐散列；编码本身不入库", key=True, pii="hash")
    township_code: str = field(
        "所在乡镇代码",
        description="住户所在的乡镇街道",
        place="township_level",
        references="dim_division.division_code",
    )
    resident_persons: pl.Int64 = field(
        "常住人口", description="户内常住人口", unit="人", ge=1, le=20, unwatched="small_counts"
    )
    weight: Weight = field("权数", description="该户代表的户数", gt=0, unwatched="weight")
    wage_income_yuan: Yuan = field("工资性收入", description="全户全年", unit="元", ge=0, watch=(10000,))
    business_income_yuan: Yuan = field(
        "经营净收入", description="全户全年，亏损的为负", unit="元", unwatched="honestly_wide"
    )
    property_income_yuan: Yuan = field(
        "财产净收入", description="全户全年，可以为负", unit="元", unwatched="honestly_wide"
    )
    transfer_income_yuan: Yuan = field(
        "转移净收入", description="全户全年，可以为负", unit="元", watch=(10000,)
    )
    disposable_income_yuan: Yuan = field(
        "可支配收入", description="全户全年，四项之和", unit="元", watch=(1000, 10000)
    )

    components_add_up = rule(
        "四项收入之和应等于可支配收入", pl.sum_horizontal(COMPONENTS) == pl.col("disposable_income_yuan")
    )
    income_per_person = rule(
        "人均可支配收入应在 1000 元至 20 万元之间",
        (pl.col("disposable_income_yuan") >= 1000 * pl.col("resident_persons"))
        & (pl.col("disposable_income_yuan") <= 200000 * pl.col("resident_persons")),
        flag=True,
    )


INCOME_SURVEY = Fact(
    StagedIncomeSurvey,
    title="农村住户收入",
    grain="一行为一个调查户的一年，取有效报送；推算全区须乘以权数，单户的数不可发布",
    series=("household_key",),
    notes={
        "division_key": "即区县：样本只代表全区，不推算乡镇，也不显露个别住户",
    },
)


def _weighted(column: str) -> Term:
    return Term("fact_income_survey", "sum", column, weight="weight")


def _ratio(
    code: str, name: str, name_en: str, unit: str, definition: str, numerator: str, denominator: str
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="增收与金融",
        definition=definition,
        source="国家统计局住户收支与生活状况调查",
        form="农村住户收入调查表",
        unit=unit,
        kind="ratio",
        value=_weighted(numerator),
        denominator=_weighted(denominator),
    )


def _share(component: str, name: str, name_en: str) -> Indicator:
    return _ratio(
        f"rural_{component}_income_share", f"{name}占比", f"share of {name_en} in disposable income", "%",
        f"按权数推算的{name}占可支配收入的比重", f"{component}_income_yuan", "disposable_income_yuan",
    )  # fmt: skip


INDICATORS = [
    _ratio(
        "rural_disposable_income_per_capita", "农村居民人均可支配收入", "rural disposable income per person", "元",
        "调查户可支配收入乘权数之和，除以常住人口乘权数之和；样本只代表全区",
        "disposable_income_yuan", "resident_persons",
    ),
    _share("wage", "工资性收入", "wages"),
    _share("business", "经营净收入", "net business income"),
    _share("property", "财产净收入", "net property income"),
    _share("transfer", "转移净收入", "net transfers"),
]  # fmt: skip
