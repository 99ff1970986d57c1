"""Tables of single releases: incomes by city, retail sales, a household survey."""

from typing import Annotated, Any

import polars as pl

from schemas.field import field
from schemas.lineage import Staged
from schemas.rule import rule

Yuan = Annotated[pl.Decimal, 18, 2]
Percent = Annotated[pl.Decimal, 18, 6]


class CityIncome(Staged):
    """分市州居民人均可支配收入：一行一个市州"""

    city_code: str = field("市州", description="市、州或省直管县级单位", key=True, place="any")
    income_yuan: Yuan = field("本年人均可支配收入", description="全年累计", unit="元", gt=0)
    prior_income_yuan: Yuan = field("上年人均可支配收入", description="上年全年累计", unit="元", gt=0)
    growth_pct: Percent = field("增速", description="本年比上年", unit="%")

    growth_follows = rule(
        "增速应等于本年比上年的增长",
        (
            (pl.col("income_yuan").cast(pl.Float64) / pl.col("prior_income_yuan").cast(pl.Float64) - 1) * 100
            - pl.col("growth_pct").cast(pl.Float64)
        ).abs()
        < 0.0001,
    )


class UrbanIncome(CityIncome):
    """分市州城镇常住居民人均可支配收入"""


class RuralIncome(CityIncome):
    """分市州农村常住居民人均可支配收入"""


class RetailSales(Staged):
    """社会消费品零售总额：一行一个市州，年内累计"""

    city_code: str = field("市州", description="市、州或省直管县级单位", key=True, place="any")
    sales_ytd_yuan: Yuan = field("零售总额", description="一月起的累计", unit="元", gt=0)
    growth_pct: Percent = field("增长速度", description="比上年同期", unit="%")


def _yuan(title: str) -> Any:
    return field(title, description="人均，一月起的累计", unit="元")


class HouseholdSurvey(Staged):
    """住户调查：一行一类住户"""

    households: str = field("住户类别", description="数量栏的表头", key=True)
    disposable_income_yuan: Yuan = _yuan("可支配收入")
    wage_income_yuan: Yuan = _yuan("工资性收入")
    business_income_yuan: Yuan = _yuan("经营净收入")
    primary_business_yuan: Yuan = _yuan("第一产业经营净收入")
    secondary_business_yuan: Yuan = _yuan("第二产业经营净收入")
    tertiary_business_yuan: Yuan = _yuan("第三产业经营净收入")
    property_income_yuan: Yuan = _yuan("财产净收入")
    transfer_income_yuan: Yuan = _yuan("转移净收入")
    consumption_yuan: Yuan = _yuan("生活消费支出")
    food_yuan: Yuan = _yuan("食品烟酒")
    clothing_yuan: Yuan = _yuan("衣着")
    housing_yuan: Yuan = _yuan("居住")
    household_goods_yuan: Yuan = _yuan("生活用品及服务")
    transport_yuan: Yuan = _yuan("交通通信")
    education_yuan: Yuan = _yuan("教育文化娱乐")
    health_yuan: Yuan = _yuan("医疗保健")
    other_goods_yuan: Yuan = _yuan("其他用品和服务")
    business_expense_yuan: Yuan = _yuan("生产经营现金费用支出")

    income_adds_up = rule(
        "四项收入之和应等于可支配收入",
        (
            pl.sum_horizontal(
                "wage_income_yuan", "business_income_yuan", "property_income_yuan", "transfer_income_yuan"
            )
            - pl.col("disposable_income_yuan")
        ).abs()
        <= 0.02,
    )
