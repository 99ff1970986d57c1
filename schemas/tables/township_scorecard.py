"""What is asked for by township: its figures of a year side by side, and new loans by month and institution."""

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
        "农户贷款发放",
        description="当年向农户的新发放，各机构之和",
        unit="元",
        nullable=True,
        figure="farm_loan_disbursed",
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
        metadata = {"exported": True, "placed": ("township_code", "year")}


_SINCE_START = "自累计起始日起"
"""The day stands in `warehouse_info`."""


class MartLoanDisbursement(pa.DataFrameModel):
    """One row per month, township and institution, without gaps from the stated start on."""

    month_start_date: pl.Date = field("月初日期", description="月的第一天", key=True)
    month_label: str = field("月份", description="形如 2022-06")
    township_code: str = field(
        "乡镇代码", description="借款人所在乡镇；不详的为 unknown", key=True,
        references="dim_division.division_code",
    )  # fmt: skip
    township_name: str = field("乡镇", description="乡镇的规范名称；不详的为未知")
    institution_code: str = field(
        "机构代码", description="银行机构", key=True, references="dim_institution.institution_code"
    )
    institution_name: str = field("机构", description="银行机构名称")
    amount_yuan: Yuan = field(
        "发放额", description="当月新发放，减当月的冲销发放", unit="元", of_households="households"
    )
    notes: pl.Int64 = field(
        "发放笔数",
        description="当月新发放的笔数，一张借据发放一次为一笔；全额冲销的不计",
        unit="笔",
        of_households="households",
    )
    households: pl.Int64 = field(
        "发放户数", description="当月新发放的户", unit="户", of_households="households"
    )
    farm_amount_yuan: Yuan = field(
        "农户发放额",
        description="当月对农户的新发放，减当月的冲销发放",
        unit="元",
        of_households="farm_households",
        figure="farm_loan_disbursed",
    )
    farm_notes: pl.Int64 = field(
        "农户发放笔数", description="当月对农户的新发放", unit="笔", of_households="farm_households"
    )
    farm_households: pl.Int64 = field(
        "农户发放户数", description="当月得到新发放的农户", unit="户", of_households="farm_households"
    )
    unknown_borrower_amount_yuan: Yuan = field(
        "借款人类型未报的发放额",
        description="当月新发放中未报类型的，不计入农户",
        unit="元",
        withheld=True,
    )
    unknown_borrower_notes: pl.Int64 = field(
        "借款人类型未报的笔数", description="当月新发放中未报类型的，不计入农户", unit="笔", withheld=True
    )
    cumulative_amount_yuan: Yuan = field(
        "累计发放额", description=f"{_SINCE_START}至当月末", unit="元", withheld=True
    )
    cumulative_farm_amount_yuan: Yuan = field(
        "累计农户发放额", description=f"{_SINCE_START}至当月末", unit="元", withheld=True
    )
    cumulative_farm_households: pl.Int64 = field(
        "累计农户户数",
        description=f"{_SINCE_START}至当月末得到新发放的不同农户；各行相加为上限",
        unit="户",
        withheld=True,
    )

    class Config:
        title = "贷款发放月度汇总"
        description = (
            f"一行为一个机构一个乡镇的一个月，{_SINCE_START}逐月连续至该机构最近一期数据；只计新发放，按发生日期计月，全额冲销的不计笔数和户数，"
            "户数不可跨乡镇、机构或月份相加"
        )
        metadata = {"exported": True, "placed": ("township_code", "month_label")}
