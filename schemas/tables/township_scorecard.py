"""A township's figures of a year side by side, as a readable row."""

import pandera.polars as pa
import polars as pl

from schemas.field import Pct, Yuan, field


class MartTownshipScorecard(pa.DataFrameModel):
    """One row per township or town and year; a figure that nobody reported is null."""

    township_code: str = field(
        "乡镇代码", description="乡或镇", key=True, references="dim_division.division_code"
    )
    year: pl.Int32 = field("年", description="公历年", key=True)
    township_name: str = field("乡镇", description="乡镇的规范名称")
    agri_sales_revenue_yuan: Yuan = field(
        "农产品加工销售收入", description="全年，或至最近一季累计", unit="元", nullable=True
    )
    agri_output_value_yuan: Yuan = field(
        "农产品加工产值", description="全年，或至最近一季累计", unit="元", nullable=True
    )
    rural_tourism_visits: pl.Int64 = field("乡村旅游人次", description="各月之和", unit="人次", nullable=True)
    rural_tourism_revenue_yuan: Yuan = field("乡村旅游收入", description="各月之和", unit="元", nullable=True)
    farm_loans_disbursed_yuan: Yuan = field(
        "农户贷款发放", description="当年向农户的新发放，各机构之和", unit="元", nullable=True
    )
    waste_treatment_pct: Pct = field(
        "生活垃圾收运处理率", description="最近一月，按常住户", unit="%", nullable=True
    )
    villages_with_bus_pct: Pct = field(
        "行政村通公交率", description="占有填报的行政村", unit="%", nullable=True
    )
    sanitary_toilet_pct: Pct = field("卫生厕所普及率", description="占户籍户数", unit="%", nullable=True)
    toilets_new_households: pl.Int64 = field("新改厕户数", description="各月之和", unit="户", nullable=True)
    unsettled_figures: pl.Int64 = field(
        "未定的指标数", description="以上各数中状态不是终值的个数；逐项状态见 mart_figure", unit="个"
    )

    class Config:
        title = "乡镇指标一览"
        description = "一行为一个乡镇的一年，各指标并列；取自 mart_figure，比率以 % 计"
