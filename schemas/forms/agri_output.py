"""农业生产情况表: what each village's farming brought in the year, and the animals kept at its end."""

from dataclasses import replace
from typing import Annotated

import polars as pl

from schemas.fact import Fact
from schemas.field import Yuan, field
from schemas.indicator import Indicator, Kind, Term
from schemas.lineage import Staged
from schemas.rule import rule

Quantity = Annotated[pl.Decimal, 18, 2]
"""An area in mu or a weight in tonnes."""

MOST_GRAIN_TONNES_PER_MU = 1.2
MOST_MILK_TONNES_PER_COW = 13


class StagedAgriOutput(Staged):
    """Accepted rows of 农业生产情况表, one per delivery and village, for the whole year."""

    village_code: str = field(
        "行政村代码",
        description="统计用区划代码，由村名在所属乡镇内查得",
        key=True,
        place="village",
        references="dim_division.division_code",
    )
    sown_area_mu: Quantity = field(
        "农作物播种面积", description="全年各季播种面积之和", unit="亩", ge=0, watch=(10, 1000)
    )
    grain_sown_area_mu: Quantity = field(
        "粮食播种面积", description="其中粮食作物", unit="亩", ge=0, watch=(10, 1000)
    )
    grain_output_tonnes: Quantity = field(
        "粮食产量", description="全年粮食总产量", unit="吨", ge=0, watch=(10, 1000)
    )
    pig_heads: pl.Int64 = field(
        "生猪存栏",
        description="年末存栏，未养的可不填",
        unit="头",
        ge=0,
        blank="none",
        watch=(10, 1000),
    )
    sheep_heads: pl.Int64 = field(
        "羊存栏",
        description="年末存栏，未养的可不填",
        unit="只",
        ge=0,
        blank="none",
        watch=(10, 1000),
    )
    dairy_cow_heads: pl.Int64 = field(
        "奶牛存栏",
        description="年末存栏，未养的可不填",
        unit="头",
        ge=0,
        blank="none",
        watch=(10, 1000),
    )
    milk_output_tonnes: Quantity = field(
        "奶类产量",
        description="全年产量，没有的可不填",
        unit="吨",
        ge=0,
        blank="none",
        watch=(10, 1000),
    )
    meat_output_tonnes: Quantity = field(
        "肉类产量",
        description="全年猪牛羊禽肉产量，没有的可不填",
        unit="吨",
        ge=0,
        blank="none",
        watch=(10, 1000),
    )
    egg_output_tonnes: Quantity = field(
        "禽蛋产量",
        description="全年产量，没有的可不填",
        unit="吨",
        ge=0,
        blank="none",
        watch=(10, 1000),
    )
    gross_output_value_yuan: Yuan = field(
        "农林牧渔业总产值",
        description="全年按现行价格计算的总产值",
        unit="元",
        ge=0,
        watch=(10, 1000, 10000),
    )

    grain_within_sown_area = rule(
        "粮食播种面积不应大于农作物播种面积", pl.col("grain_sown_area_mu") <= pl.col("sown_area_mu")
    )
    grain_per_mu = rule(
        "有粮食产量应有播种面积，亩产应在 1.2 吨以内",
        pl.col("grain_output_tonnes")
        <= MOST_GRAIN_TONNES_PER_MU * pl.col("grain_sown_area_mu").cast(pl.Float64),
        flag=True,
    )
    milk_per_cow = rule(
        "奶类产量按年末奶牛存栏计，每头应在 13 吨以内",
        pl.col("milk_output_tonnes") <= MOST_MILK_TONNES_PER_COW * pl.col("dairy_cow_heads").fill_null(0),
        flag=True,
    )


AGRI_OUTPUT = Fact(
    StagedAgriOutput,
    title="农业生产",
    grain="一行为一个行政村的一年，取有效报送；产量与产值为全年数，存栏为年末数",
    place=("village_code",),
    series=("village_code",),
)


_FORM = "农业生产情况表"
_SOURCE = "农业生产情况表表式说明"
_GROSS_OUTPUT_VALUE = Term("fact_agri_output", "sum", "gross_output_value_yuan")


def _total(code: str, name: str, name_en: str, unit: str, column: str) -> Indicator:
    is_kept = unit in ("头", "只")
    kind: Kind = "stock" if is_kept else "flow"
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="特优农业",
        definition=f"各行政村{'年末' if is_kept else '全年'}{name}之和；未填的村没有或未报，不作推算",
        source=_SOURCE,
        form=_FORM,
        unit=unit,
        kind=kind,
        value=Term("fact_agri_output", "sum", column),
    )


INDICATORS = [
    _total("sown_area_mu", "农作物播种面积", "sown area", "亩", "sown_area_mu"),
    _total("grain_output_tonnes", "粮食产量", "grain output", "吨", "grain_output_tonnes"),
    _total("milk_output_tonnes", "奶类产量", "milk output", "吨", "milk_output_tonnes"),
    _total("meat_output_tonnes", "肉类产量", "meat output", "吨", "meat_output_tonnes"),
    _total("egg_output_tonnes", "禽蛋产量", "egg output", "吨", "egg_output_tonnes"),
    _total("dairy_cow_head_count", "奶牛存栏", "dairy cows", "头", "dairy_cow_heads"),
    _total("pig_head_count", "生猪存栏", "pigs", "头", "pig_heads"),
    _total("sheep_head_count", "羊存栏", "sheep and goats", "只", "sheep_heads"),
    Indicator(
        code="agri_gross_output_value",
        name="农林牧渔业总产值",
        name_en="gross output value of farming",
        chapter="特优农业",
        definition="各行政村全年农林牧渔业总产值之和，按现行价格计算；不含农产品加工产值",
        source=_SOURCE,
        form=_FORM,
        unit="元",
        kind="flow",
        value=_GROSS_OUTPUT_VALUE,
    ),
    Indicator(
        code="processing_to_agri_output_ratio",
        name="农产品加工产值与农业总产值比",
        name_en="ratio of processing output to gross farm output",
        chapter="特优农业",
        definition="农产品加工企业全年累计产值与农林牧渔业总产值之比，以总产值为 1；"
        "只计两张表都报到期末的乡镇，只含填报的加工企业",
        source="乡村振兴战略规划（2018—2022 年）主要指标",
        form=f"农产品加工企业统计表、{_FORM}",
        unit="倍",
        kind="ratio",
        value=Term("fact_agri_processing", "sum", "output_value_ytd_yuan", held_with="agri_output"),
        denominator=replace(_GROSS_OUTPUT_VALUE, held_with="agri_processing"),
    ),
]
