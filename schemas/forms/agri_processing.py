"""农产品加工企业统计表: enterprise by quarter, cumulative within the year."""

from functools import partial

import pandera.polars as pa
import polars as pl

from schemas.field import ChangePct, Yuan, field
from schemas.indicator import Indicator, Term
from schemas.lineage import FactLineage, Staged
from schemas.rule import rule
from schemas.rules import credit_code_holds, no_long_number

CLUSTERS = ["乳品", "酿品", "功能性食品", "药茶", "糕点杂粮"]
LEADING_LEVELS = ["国家级", "省级", "市级", "区级", "非龙头"]


class StagedAgriProcessing(Staged):
    """Accepted rows of 农产品加工企业统计表, one per delivery and enterprise."""

    credit_code: str = field(
        "统一社会信用代码",
        description="企业的 18 位代码，末位为校验码（GB 32100）",
        key=True,
        str_matches=r"^[0-9A-HJ-NPQRTUWXY]{18}$",
    )
    enterprise_name: str = field(
        "企业名称", description="填报的企业全称", str_length={"min_value": 2, "max_value": 100}
    )
    cluster: str = field("产业集群", description="所属加工产业集群", isin=CLUSTERS)
    leading_level: str = field("龙头企业级别", description="农业产业化龙头企业认定级别", isin=LEADING_LEVELS)
    is_above_scale: pl.Boolean = field("规模以上", description="是否规模以上工业企业")
    sales_revenue_ytd_yuan: Yuan = field(
        "农产品加工销售收入", description="本年 1 月至报告期末累计", unit="元", ge=0
    )
    output_value_ytd_yuan: Yuan = field(
        "农产品加工产值", description="本年 1 月至报告期末累计", unit="元", ge=0
    )

    check_character = rule(
        "统一社会信用代码的校验码应成立", credit_code_holds(pl.col("credit_code")), of="credit_code"
    )
    no_personal_number = rule(
        "企业名称中不应有电话或证件号码", no_long_number(pl.col("enterprise_name")), of="enterprise_name"
    )
    sales_near_output = rule(
        "销售收入与产值之比应在三倍以内",
        (pl.col("sales_revenue_ytd_yuan") <= 3 * pl.col("output_value_ytd_yuan"))
        & (pl.col("output_value_ytd_yuan") <= 3 * pl.col("sales_revenue_ytd_yuan")),
        flag=True,
    )


class FactAgriProcessing(FactLineage):
    """One row per enterprise and quarter, cumulative within the year as reported."""

    period: str = field("报告期", description="形如 2022-Q3")
    credit_code: str = field(
        "统一社会信用代码", description="企业", key=True, references="dim_enterprise.credit_code"
    )
    year: pl.Int32 = field("年", description="报告期所在年", key=True)
    quarter: pl.Int32 = field("季", description="报告期所在季，1 至 4", key=True)
    reporter_code: str = field(
        "填报单位代码", description="报送的乡镇", references="dim_reporter.reporter_code"
    )
    enterprise_key: str = field(
        "企业键", description="季末时的企业，代码@启用日期", references="dim_enterprise.enterprise_key"
    )
    division_key: str = field("区划键", description="季末时的乡镇", references="dim_division.division_key")
    township_code: str = field("乡镇代码", description="报送的乡镇", references="dim_division.division_code")
    cluster: str = field("产业集群", description="该期填报的加工产业集群")
    leading_level: str = field("龙头企业级别", description="该期填报的级别")
    is_above_scale: pl.Boolean = field("规模以上", description="该期填报是否规模以上")
    sales_revenue_ytd_yuan: Yuan = field(
        "农产品加工销售收入",
        description="本年 1 月至季末累计，照报",
        unit="元",
        watch=(10, 1000, 10000),
    )
    output_value_ytd_yuan: Yuan = field(
        "农产品加工产值", description="本年 1 月至季末累计，照报", unit="元", watch=(10, 1000, 10000)
    )
    sales_revenue_quarter_yuan: Yuan = field(
        "本季销售收入",
        description="累计减上季累计，可为负；缺上季的为空",
        unit="元",
        nullable=True,
        unwatched="computed",
    )
    output_value_quarter_yuan: Yuan = field(
        "本季产值",
        description="累计减上季累计，可为负；缺上季的为空",
        unit="元",
        nullable=True,
        unwatched="computed",
    )

    class Config:
        title = "农产品加工"
        description = "一行为一家企业的一季，取有效报送；全年数用四季度，不可把各季累计数相加"
        metadata = {"series": ("credit_code",)}


class MartAgriProcessing(pa.DataFrameModel):
    """One row per year, township and cluster."""

    year: pl.Int32 = field("年", description="公历年", key=True)
    township_code: str = field(
        "乡镇代码", description="报送的乡镇", key=True, references="dim_division.division_code"
    )
    township_name: str = field("乡镇", description="乡镇的规范名称")
    cluster: str = field("产业集群", description="加工产业集群", key=True)
    quarter: pl.Int32 = field("截至季度", description="该乡镇该年所用的季度；全年为 4")
    status: str = field("状态", description="final 为四季度数，provisional 为尚缺四季度时的最近一季累计")
    enterprises: pl.Int64 = field("企业数", description="所用季度填报的企业", unit="家")
    sales_revenue_yuan: Yuan = field("农产品加工销售收入", description="截至所用季度的累计", unit="元")
    output_value_yuan: Yuan = field("农产品加工产值", description="截至所用季度的累计", unit="元")
    previous_sales_revenue_yuan: Yuan = field(
        "上年同期销售收入", description="上年同季累计；上年无填报的为空", unit="元", nullable=True
    )
    previous_output_value_yuan: Yuan = field(
        "上年同期产值", description="上年同季累计；上年无填报的为空", unit="元", nullable=True
    )
    sales_revenue_yoy_pct: ChangePct = field(
        "销售收入同比", description="比上年同季增长；上年为空或零的为空", unit="%", nullable=True
    )
    output_value_yoy_pct: ChangePct = field(
        "产值同比", description="比上年同季增长；上年为空或零的为空", unit="%", nullable=True
    )
    matched_enterprises: pl.Int64 = field("可比企业数", description="今年与上年同季都有填报的企业", unit="家")
    matched_sales_revenue_yuan: Yuan = field(
        "可比企业销售收入", description="可比企业今年的累计；无可比企业的为空", unit="元", nullable=True
    )
    matched_previous_sales_revenue_yuan: Yuan = field(
        "可比企业上年同期销售收入", description="可比企业上年同季的累计", unit="元", nullable=True
    )
    matched_sales_revenue_yoy_pct: ChangePct = field(
        "销售收入同比（可比口径）", description="可比企业比上年同季增长", unit="%", nullable=True
    )
    matched_output_value_yuan: Yuan = field(
        "可比企业产值", description="可比企业今年的累计；无可比企业的为空", unit="元", nullable=True
    )
    matched_previous_output_value_yuan: Yuan = field(
        "可比企业上年同期产值", description="可比企业上年同季的累计", unit="元", nullable=True
    )
    matched_output_value_yoy_pct: ChangePct = field(
        "产值同比（可比口径）", description="可比企业比上年同季增长", unit="%", nullable=True
    )

    class Config:
        title = "农产品加工年度汇总"
        description = "一行为一个乡镇一个集群的一年；同比取上年同季，可比口径只计两年都填报的企业"
        metadata = {"exported": True}


_FACT = "fact_agri_processing"
_indicator = partial(
    Indicator, chapter="特优农业", source="农产品加工企业统计表表式说明", form="农产品加工企业统计表"
)


def _amount(code: str, name: str, name_en: str, column: str) -> Indicator:
    return _indicator(
        code=code,
        name=name,
        name_en=name_en,
        definition="各企业本年 1 月至期末的累计数之和；全年取四季度，缺四季度的取最近一季并标为暂定",
        unit="元",
        kind="flow",
        value=Term(_FACT, "sum", column),
        periods=("year", "quarter"),
    )


INDICATORS = [
    _amount(
        "agri_processing_sales_revenue",
        "农产品加工销售收入",
        "agri-product processing sales revenue",
        "sales_revenue_ytd_yuan",
    ),
    _amount(
        "agri_processing_output_value",
        "农产品加工产值",
        "agri-product processing output value",
        "output_value_ytd_yuan",
    ),
    _indicator(
        code="agri_processing_enterprise_count",
        name="农产品加工企业数",
        name_en="agri-product processing enterprises",
        definition="期末一季有填报的企业",
        unit="家",
        kind="stock",
        value=Term(_FACT, "count", "credit_code"),
        periods=("year", "quarter"),
    ),
    _indicator(
        code="processing_cluster_named_count",
        name="农产品加工产业集群数",
        name_en="processing clusters",
        definition="期末一季有企业填报的加工产业集群，同一集群只计一次",
        unit="个",
        kind="stock",
        value=Term(_FACT, "count_distinct", "cluster"),
        periods=("year", "quarter"),
    ),
]
