"""Dimensions: dates, periods, places, reporters and others that facts refer to.

Keys are natural text; `unknown` is the unknown member. Where what a code stands for changes, it has versions, keyed
`code@valid_from`; every date falls in one version of a code, so that a code and a date give exactly one row.
"""

from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.field import field
from schemas.tables.reference import RefDivisionAlias, RefDivisionCrosswalk


def _reported_from() -> Any:
    """Declare the day on which a version of what deliveries report begins."""
    return field("启用日期", description="首次如此填报的报告期的第一天")


def _reported_to() -> Any:
    """Declare the day on which a version of what deliveries report is followed by the next."""
    return field("停用日期", description="后一版的启用日期；末版为空", nullable=True)


def _lookup_from() -> Any:
    """Declare the first day on which a version is looked up."""
    return field(
        "查用起始日期", description="事实按期末查用本行的首日：首版自 1900-01-01 起，其余自启用日期起"
    )


def _lookup_to() -> Any:
    """Declare the first day on which a version is no longer looked up."""
    return field("查用终止日期", description="查用本行的终止日（不含）：后一版的启用日期；末版为 9999-12-31")


def _is_current() -> Any:
    """Declare whether a version is the last of its code."""
    return field("最新版", description="该代码的末版，停用的也有；每个代码恰有一行为是")


class DimDate(pa.DataFrameModel):
    """One row per day."""

    calendar_date: pl.Date = field("日期", description="公历日期", key=True)
    year: pl.Int32 = field("年", description="公历年")
    quarter: pl.Int32 = field("季", description="1 至 4")
    month: pl.Int32 = field("月", description="1 至 12")
    month_start_date: pl.Date = field("月初日期", description="所在月的第一天")
    quarter_label: str = field("季度", description="形如 2022-Q3，与季报的报告期同形")
    month_label: str = field("月份", description="形如 2022-06")

    class Config:
        title = "日期"
        description = "有效报送、应报报送与区划名录所及的各年，前后各加一年，一天一行"


class DimPeriod(pa.DataFrameModel):
    """One row per year, quarter and month."""

    period: str = field("期", description="形如 2022、2022-Q3、2022-06", key=True)
    grain: str = field("粒度", description="year 年、quarter 季、month 月")
    year: pl.Int32 = field("年", description="公历年")
    quarter: pl.Int32 = field("季", description="1 至 4，月的为所在的季；年的为空", nullable=True)
    month: pl.Int32 = field("月", description="1 至 12；季、年的为空", nullable=True)
    start_date: pl.Date = field("首日", description="期的第一天")
    end_date: pl.Date = field("末日", description="期的最后一天")
    previous_period: str = field("上年同期", description="上年的同一期；名目之外的为空", nullable=True)
    previous_start_date: pl.Date = field("上年同期首日", description="上年同期的第一天", nullable=True)
    previous_end_date: pl.Date = field("上年同期末日", description="上年同期的最后一天", nullable=True)

    class Config:
        title = "期"
        description = "日期表所及的年、季、月，一期一行，并有上年同期"


class DimDivision(pa.DataFrameModel):
    """One row per division code and start of validity, and the unknown member."""

    division_key: str = field("区划键", description="代码@启用日期；unknown 为不详", key=True)
    division_code: str = field("区划代码", description="统计用区划代码；代码不详的为上级代码/规范名称")
    name: str = field("名称", description="区划名录中的全称")
    canonical_name: str = field("规范名称", description="去掉村委会、居委会等后缀的名称")
    level: str = field("级别", description="county、subdistrict、town、township、community、village、unknown")
    parent_code: str = field("上级代码", description="上级区划代码；区县为空", nullable=True)
    township_code: str = field(
        "乡镇代码", description="所在的乡镇或街道，乡镇街道为其自身；区县为空", nullable=True
    )
    township_name: str = field("乡镇", description="所在乡镇或街道的规范名称；区县为空", nullable=True)
    county_code: str = field("区县代码", description="所在区县的六位代码，与事实表同", nullable=True)
    county_name: str = field("区县", description="所在区县的规范名称", nullable=True)
    urban_rural_code: str = field("城乡分类代码", description="统计用城乡分类代码", nullable=True)
    valid_from: pl.Date = field("启用日期", description="首次见于名录的日期")
    valid_to: pl.Date = field("停用日期", description="不再见于名录的首日；仍有效的为空", nullable=True)
    lookup_from: pl.Date = field(
        "查用起始日期", description="事实按日期查用本行的首日：首版自 1900-01-01 起，其余自启用日期起"
    )
    lookup_to: pl.Date = field(
        "查用终止日期",
        description="查用本行的终止日（不含）：后一版的启用日期；末版为 9999-12-31，停用后金额仍留在原区划",
    )
    is_code_known: pl.Boolean = field("代码已知", description="名录给出了 12 位代码")
    list_row: pl.Int32 = field(
        "名录行号", description="在名录文件 division.csv 中的行号；不详为空", nullable=True
    )
    list_sha256: str = field("名录散列", description="名录文件内容的 SHA-256；不详为空", nullable=True)

    class Config:
        title = "区划"
        description = "区划及其沿革，一行为一个代码的一个有效期；村数按口径列计数"


class DimDivisionBasis(pa.DataFrameModel):
    """One row per list that figures are counted on and division of it."""

    basis: str = field("口径", description="名录的年份，如 2022", key=True)
    division_key: str = field(
        "区划键", description="该期名录中的区划", key=True, references="dim_division.division_key"
    )
    list_date: pl.Date = field("名录日期", description="该期名录的日期")
    is_latest: pl.Boolean = field("最近一期", description="是否最近一期名录")

    class Config:
        title = "区划口径"
        description = "一行为一期名录中的一个区划；区划数、村均数先定口径，各期不相加"


class DimDivisionAlias(RefDivisionAlias):
    """One row per other name of a place."""

    class Config:
        title = "区划别名"
        description = "报表中见到的区划的其他写法，一行一个别名；ambiguous 的不予认定"


class DimDivisionCrosswalk(RefDivisionCrosswalk):
    """One row per code that left the list and a code that it became, where that is known."""

    class Config:
        title = "区划沿革"
        description = "停用代码的去向；去向不详的不作推测，金额留在原区划，不可追溯调整"


class DimReporter(pa.DataFrameModel):
    """One row per reporter and start of validity."""

    reporter_key: str = field("填报单位键", description="代码@启用日期", key=True)
    reporter_code: str = field("填报单位代码", description="报送者代码，一个代码只归一个报送者")
    reporter_name: str = field("填报单位", description="报送者名称")
    kind: str = field("类别", description="township、bank 等")
    division_code: str = field(
        "区划代码", description="报送者所属区划", references="dim_division.division_code"
    )
    valid_from: pl.Date = field("启用日期", description="开始报送的日期")
    valid_to: pl.Date = field("停用日期", description="不再报送的首日；仍有效的为空", nullable=True)
    lookup_from: pl.Date = _lookup_from()
    lookup_to: pl.Date = _lookup_to()
    is_current: pl.Boolean = _is_current()

    class Config:
        title = "填报单位"
        description = (
            "乡镇、街道、部门、银行等报送者，一行为名录中的一行；查名称用最新版，查某期用该期末的一版"
        )


class DimEnterprise(pa.DataFrameModel):
    """One row per unified social credit code and start of a version."""

    enterprise_key: str = field("企业键", description="代码@启用日期", key=True)
    credit_code: str = field("统一社会信用代码", description="企业的 18 位代码")
    enterprise_name: str = field("企业名称", description="该版各期填报的全称")
    cluster: str = field("产业集群", description="该版各期填报的加工产业集群")
    leading_level: str = field("龙头企业级别", description="该版各期填报的级别")
    is_above_scale: pl.Boolean = field("规模以上", description="该版各期填报是否规模以上")
    reporter_code: str = field(
        "填报单位代码", description="该版各期的报送者", references="dim_reporter.reporter_code"
    )
    valid_from: pl.Date = _reported_from()
    valid_to: pl.Date = _reported_to()
    lookup_from: pl.Date = _lookup_from()
    lookup_to: pl.Date = _lookup_to()
    is_current: pl.Boolean = _is_current()
    first_period: str = field("首见报告期", description="该版首次填报的报告期")
    last_period: str = field("末见报告期", description="该版最近填报的报告期")

    class Config:
        title = "企业"
        description = (
            "有效报送中出现过的农产品加工企业及其沿革，一行为一个代码各项填报不变的一段；企业数须按代码去重"
        )


class DimPartyOrg(pa.DataFrameModel):
    """One row per organisation code and start of a version, and the unknown member."""

    org_key: str = field("党组织键", description="代码@启用日期；unknown 为不详", key=True)
    org_code: str = field("党组织代码", description="区内统一编的党组织代码")
    org_name: str = field("党组织名称", description="该版各期填报的全称")
    org_type: str = field("组织类别", description="该版各期填报的类别：村或社区；unknown 为不详")
    place_code: str = field(
        "村（社区）代码",
        description="该版各期填报的所在村或社区；名录中没有代码的为空",
        nullable=True,
        references="dim_division.division_code",
    )
    valid_from: pl.Date = _reported_from()
    valid_to: pl.Date = _reported_to()
    lookup_from: pl.Date = _lookup_from()
    lookup_to: pl.Date = _lookup_to()
    is_current: pl.Boolean = _is_current()
    first_period: str = field("首见报告期", description="该版首次填报的报告期；不详为空", nullable=True)
    last_period: str = field("末见报告期", description="该版最近填报的报告期；不详为空", nullable=True)

    class Config:
        title = "党组织"
        description = (
            "村（社区）党组织及其沿革，一行为一个代码各项填报不变的一段；其他各表按期末查得的一版定其所在地"
        )


class DimInstitution(pa.DataFrameModel):
    """One row per bank branch that reports and start of validity."""

    institution_key: str = field(
        "机构键", description="代码@启用日期", key=True, references="dim_reporter.reporter_key"
    )
    institution_code: str = field(
        "机构代码", description="报送者代码", references="dim_reporter.reporter_code"
    )
    institution_name: str = field("机构", description="银行机构名称")
    division_code: str = field(
        "区划代码", description="机构所属区划", references="dim_division.division_code"
    )
    valid_from: pl.Date = field("启用日期", description="开始报送的日期")
    valid_to: pl.Date = field("停用日期", description="不再报送的首日；仍有效的为空", nullable=True)
    lookup_from: pl.Date = _lookup_from()
    lookup_to: pl.Date = _lookup_to()
    is_current: pl.Boolean = _is_current()

    class Config:
        title = "金融机构"
        description = "报送贷款的银行机构，一行为填报单位名录中的一行"


class DimHousehold(pa.DataFrameModel):
    """One row per household or borrower within an institution, and the unknown member; no names."""

    household_key: str = field(
        "户键", description="机构代码/户号或证件号码的加盐散列；unknown 为不详", key=True
    )
    institution_code: str = field(
        "机构代码", description="户所在的机构；不详的为空", nullable=True,
        references="dim_institution.institution_code",
    )  # fmt: skip
    identified_by: str = field("识别依据", description="household 户号、borrower 借款人、unknown 不详")

    class Config:
        title = "户"
        description = (
            "贷款户，一行为一家机构内的一户，不含姓名；同一户在两家机构有贷款的各计一次，跨机构户数为上限"
        )
