"""农产品加工企业统计表: enterprise by quarter, cumulative within the year."""

from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.field import field
from schemas.rules import credit_code_holds
from schemas.tables.lineage import Lineage

Yuan = Annotated[pl.Decimal, 18, 2]

CLUSTERS = ["乳品", "酿品", "功能性食品", "药茶", "糕点杂粮"]
LEADING_LEVELS = ["国家级", "省级", "市级", "区级", "非龙头"]


class StagedAgriProcessing(Lineage):
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

    @pa.check("credit_code", name="check_character", title="统一社会信用代码的校验码应成立")
    def check_character(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(credit_code_holds(pl.col(data.key)))

    @pa.check("enterprise_name", name="no_personal_number", title="企业名称中不应有电话或证件号码")
    def no_personal_number(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col(data.key).str.contains(r"[0-9]{11}"))

    @pa.dataframe_check(name="sales_near_output", title="销售收入与产值之比应在三倍以内", raise_warning=True)
    def sales_near_output(cls, data: PolarsData) -> pl.LazyFrame:
        sales, output = pl.col("sales_revenue_ytd_yuan"), pl.col("output_value_ytd_yuan")
        return data.lazyframe.select((sales <= 3 * output) & (output <= 3 * sales))
