"""Facts: what was reported, each row with the delivery, sheet and row that it came from."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas.field import field

Yuan = Annotated[pl.Decimal, 18, 2]
RatePct = Annotated[pl.Decimal, 9, 4]


class FactLineage(pa.DataFrameModel):
    """The columns that every fact begins with."""

    county_code: str = field("区县代码", description="报送所属区县的六位代码")
    delivery_id: str = field(
        "报送编号", description="该行所在的一次报送", references="dq_delivery.delivery_id"
    )
    sheet_name: str = field("工作表", description="该行所在的工作表；文本文件为空文本")
    sheet_row: pl.Int32 = field("行号", description="该行在工作表或文本文件中的行号，从 1 起")
    flags: str = field("疑点", description="该行带有的疑点规则，以分号相隔；无则为空", nullable=True)


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
    division_key: str = field("区划键", description="季末时的乡镇", references="dim_division.division_key")
    township_code: str = field("乡镇代码", description="报送的乡镇", references="dim_division.division_code")
    cluster: str = field("产业集群", description="该期填报的加工产业集群")
    leading_level: str = field("龙头企业级别", description="该期填报的级别")
    is_above_scale: pl.Boolean = field("规模以上", description="该期填报是否规模以上")
    sales_revenue_ytd_yuan: Yuan = field(
        "农产品加工销售收入", description="本年 1 月至季末累计，照报", unit="元"
    )
    output_value_ytd_yuan: Yuan = field("农产品加工产值", description="本年 1 月至季末累计，照报", unit="元")
    sales_revenue_quarter_yuan: Yuan = field(
        "本季销售收入", description="累计减上季累计，可为负；缺上季的为空", unit="元", nullable=True
    )
    output_value_quarter_yuan: Yuan = field(
        "本季产值", description="累计减上季累计，可为负；缺上季的为空", unit="元", nullable=True
    )

    class Config:
        title = "农产品加工"
        description = "一行为一家企业的一季，取有效报送；全年数用四季度，不可把各季累计数相加"


class FactVillageProfile(FactLineage):
    """One row per village and year, as reported at the end of the year."""

    period: str = field("报告期", description="形如 2022")
    village_code: str = field(
        "行政村代码", description="统计用区划代码", key=True, references="dim_division.division_code"
    )
    year: pl.Int32 = field("年", description="报告年", key=True)
    reporter_code: str = field(
        "填报单位代码", description="报送的乡镇", references="dim_reporter.reporter_code"
    )
    division_key: str = field("区划键", description="年末时的村", references="dim_division.division_key")
    township_code: str = field(
        "乡镇代码", description="村所在的乡镇", references="dim_division.division_code"
    )
    registered_households: pl.Int64 = field("户籍户数", description="年末户籍户数", unit="户")
    registered_persons: pl.Int64 = field("户籍人口", description="年末户籍人口数", unit="人")
    resident_persons: pl.Int64 = field("常住人口", description="年末常住人口数", unit="人", nullable=True)
    has_bus_service: pl.Boolean = field("通公交", description="年末是否通公共交通")
    sanitary_toilet_households: pl.Int64 = field("使用卫生厕所户数", description="年末户数", unit="户")
    has_waste_collection: pl.Boolean = field("生活垃圾收运处理", description="生活垃圾是否收运处理")
    has_daily_waste_clearance: pl.Boolean = field("垃圾日产日清", description="生活垃圾是否日产日清")
    has_sewage_treatment: pl.Boolean = field("污水处理", description="生活污水是否得到处理")
    tap_water_households: pl.Int64 = field("通自来水户数", description="年末户数", unit="户")
    has_hardened_road: pl.Boolean = field("通硬化路", description="进村道路是否硬化")

    class Config:
        title = "村基本情况"
        description = "一行为一个行政村的一年，取有效报送"


class FactLoan(FactLineage):
    """The columns that the two loan facts share."""

    institution_code: str = field(
        "机构代码", description="报送的银行机构", key=True, references="dim_institution.institution_code"
    )
    note_number: str = field("借据号", description="贷款借据编码，在一家机构内唯一")
    household_key: str = field(
        "户键", description="机构内的户；无户号的为借款人", references="dim_household.household_key"
    )
    borrower_type: str = field("借款人类型", description="未报的为 unknown，不视为农户")
    is_farm_household: pl.Boolean = field("农户", description="借款人类型为农户；未报的为否")
    division_key: str = field(
        "区划键",
        description="借款人所在行政村，取发放日或时点上的有效期；未报的为 unknown",
        references="dim_division.division_key",
    )
    grant_date: pl.Date = field("发放日期", description="贷款发放日期")
    purpose: str = field("贷款用途", description="归入用途分类；未报的为空", nullable=True)
    rate_pct: RatePct = field("年利率", description="年利率，0 至 100", unit="%", nullable=True)


class FactLoanDisbursement(FactLoan):
    """One row per event of disbursement."""

    note_number: str = field("借据号", description="贷款借据编码，在一家机构内唯一", key=True)
    transaction_serial: str = field(
        "交易流水号", description="发放流水的流水号；按台账计的发放为空文本", key=True
    )
    amount_yuan: Yuan = field("发放金额", description="本次发放的金额", unit="元")
    due_date: pl.Date = field("到期日期", description="约定到期日期；只有流水的为空", nullable=True)
    grant_type: str = field(
        "发放类型", description="新增、借新还旧、无还本续贷、展期；未报的为空", nullable=True
    )
    is_new_disbursement: pl.Boolean = field(
        "新发放", description="借新还旧、无还本续贷、展期或有上笔借据的为否，不计入发放额"
    )

    class Config:
        title = "贷款发放"
        description = (
            "一行为一次发放。机构报送发生额的取其发放流水，否则每张借据计一次，取首个有效台账中的金额，"
            "日期为发放日期。续贷等也保留，统计新发放须 is_new_disbursement"
        )


class FactLoanBalance(FactLoan):
    """One row per note and as-of date."""

    as_of_date: pl.Date = field("时点日期", description="余额的时点", key=True)
    note_number: str = field("借据号", description="贷款借据编码，在一家机构内唯一", key=True)
    amount_yuan: Yuan = field(
        "发放金额", description="借据的发放金额；存量表无此项的为空", unit="元", nullable=True
    )
    balance_yuan: Yuan = field("贷款余额", description="时点上的贷款余额", unit="元")
    due_date: pl.Date = field("到期日期", description="约定到期日期")
    extension_count: pl.Int64 = field("展期次数", description="累计展期次数", unit="次", nullable=True)
    five_class: str = field("五级分类", description="贷款质量五级分类；未报的为空", nullable=True)

    class Config:
        title = "贷款余额"
        description = "一行为一张借据的一个时点，取有效报送；余额只可在同一时点相加"
