"""Marts: facts added up for reading."""

from datetime import date
from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas.field import field

Yuan = Annotated[pl.Decimal, 18, 2]
Pct = Annotated[pl.Decimal, 18, 2]

LOAN_CUMULATIVE_START = date(2021, 1, 1)
"""Cumulative disbursement counts loans granted on or after this day."""

_SINCE_START = f"自 {LOAN_CUMULATIVE_START} 起"


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
    sales_revenue_yoy_pct: Pct = field(
        "销售收入同比", description="比上年同季增长；上年为空或零的为空", unit="%", nullable=True
    )
    output_value_yoy_pct: Pct = field(
        "产值同比", description="比上年同季增长；上年为空或零的为空", unit="%", nullable=True
    )
    matched_enterprises: pl.Int64 = field("可比企业数", description="今年与上年同季都有填报的企业", unit="家")
    matched_sales_revenue_yuan: Yuan = field(
        "可比企业销售收入", description="可比企业今年的累计；无可比企业的为空", unit="元", nullable=True
    )
    matched_previous_sales_revenue_yuan: Yuan = field(
        "可比企业上年同期销售收入", description="可比企业上年同季的累计", unit="元", nullable=True
    )
    matched_sales_revenue_yoy_pct: Pct = field(
        "销售收入同比（可比口径）", description="可比企业比上年同季增长", unit="%", nullable=True
    )
    matched_output_value_yuan: Yuan = field(
        "可比企业产值", description="可比企业今年的累计；无可比企业的为空", unit="元", nullable=True
    )
    matched_previous_output_value_yuan: Yuan = field(
        "可比企业上年同期产值", description="可比企业上年同季的累计", unit="元", nullable=True
    )
    matched_output_value_yoy_pct: Pct = field(
        "产值同比（可比口径）", description="可比企业比上年同季增长", unit="%", nullable=True
    )

    class Config:
        title = "农产品加工年度汇总"
        description = "一行为一个乡镇一个集群的一年；同比取上年同季，可比口径只计两年都填报的企业"


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
    amount_yuan: Yuan = field("发放额", description="当月新发放", unit="元")
    notes: pl.Int64 = field("发放笔数", description="当月新发放的笔数，一张借据发放一次为一笔", unit="笔")
    households: pl.Int64 = field("发放户数", description="当月新发放的户", unit="户")
    farm_amount_yuan: Yuan = field("农户发放额", description="当月对农户的新发放", unit="元")
    farm_notes: pl.Int64 = field("农户发放笔数", description="当月对农户的新发放", unit="笔")
    farm_households: pl.Int64 = field("农户发放户数", description="当月得到新发放的农户", unit="户")
    unknown_borrower_amount_yuan: Yuan = field(
        "借款人类型未报的发放额", description="当月新发放中未报类型的，不计入农户", unit="元"
    )
    unknown_borrower_notes: pl.Int64 = field(
        "借款人类型未报的笔数", description="当月新发放中未报类型的，不计入农户", unit="笔"
    )
    cumulative_amount_yuan: Yuan = field("累计发放额", description=f"{_SINCE_START}至当月末", unit="元")
    cumulative_farm_amount_yuan: Yuan = field(
        "累计农户发放额", description=f"{_SINCE_START}至当月末", unit="元"
    )
    cumulative_farm_households: pl.Int64 = field(
        "累计农户户数", description=f"{_SINCE_START}至当月末得到新发放的不同农户；各行相加为上限", unit="户"
    )

    class Config:
        title = "贷款发放月度汇总"
        description = (
            f"一行为一个机构一个乡镇的一个月，{_SINCE_START}逐月连续至该机构最近一期数据；只计新发放，"
            "户数不可跨乡镇、机构或月份相加"
        )


class MartVillageOverview(pa.DataFrameModel):
    """One row per village on the 2022 basis."""

    village_code: str = field(
        "行政村代码", description="统计用区划代码", key=True, references="dim_division.division_code"
    )
    division_key: str = field("区划键", description="2022 年口径的村", references="dim_division.division_key")
    village_name: str = field("行政村", description="村的规范名称")
    township_code: str = field(
        "乡镇代码", description="村所在的乡镇", references="dim_division.division_code"
    )
    township_name: str = field("乡镇", description="乡镇的规范名称")
    urban_rural_code: str = field("城乡分类代码", description="统计用城乡分类代码", nullable=True)
    profile_year: pl.Int32 = field("年报年份", description="该村最近一份年报；没有的为空", nullable=True)
    registered_households: pl.Int64 = field("户籍户数", description="年末", unit="户", nullable=True)
    registered_persons: pl.Int64 = field("户籍人口", description="年末", unit="人", nullable=True)
    resident_persons: pl.Int64 = field("常住人口", description="年末", unit="人", nullable=True)
    has_bus_service: pl.Boolean = field("通公交", description="年末是否通公共交通", nullable=True)
    sanitary_toilet_households: pl.Int64 = field(
        "使用卫生厕所户数", description="年末", unit="户", nullable=True
    )
    has_waste_collection: pl.Boolean = field("生活垃圾收运处理", description="是否收运处理", nullable=True)
    has_daily_waste_clearance: pl.Boolean = field("垃圾日产日清", description="是否日产日清", nullable=True)
    has_sewage_treatment: pl.Boolean = field("污水处理", description="生活污水是否处理", nullable=True)
    tap_water_households: pl.Int64 = field("通自来水户数", description="年末", unit="户", nullable=True)
    has_hardened_road: pl.Boolean = field("通硬化路", description="进村道路是否硬化", nullable=True)
    farm_loan_amount_yuan: Yuan = field("累计农户发放额", description=f"{_SINCE_START}的新发放", unit="元")
    farm_loan_notes: pl.Int64 = field("累计农户发放笔数", description=f"{_SINCE_START}的新发放", unit="笔")
    farm_loan_households: pl.Int64 = field(
        "累计农户户数", description=f"{_SINCE_START}得到新发放的不同农户；跨机构为上限", unit="户"
    )
    farm_loan_balance_yuan: Yuan = field("农户贷款余额", description="各机构最近时点之和", unit="元")

    class Config:
        title = "行政村概览"
        description = "2022 年口径的 94 个行政村，一村一行：最近一份年报，与村名已报的农户贷款"
