"""督查指导与工作通报台账: supervisions in townships and circulars, with the problems found and put right."""

import polars as pl

from schemas.field import field
from schemas.lineage import FactLineage, Staged
from schemas.rule import rule
from schemas.rules import ISSUED_NUMBER

KINDS = ["督查指导", "工作通报"]


class StagedWorkSupervision(Staged):
    """Accepted rows of 督查指导与工作通报台账, one per delivery and item."""

    item_number: str = field(
        "编号", description="督查或通报的编号，形如 云农督〔2022〕3号", key=True, str_matches=ISSUED_NUMBER
    )
    kind: str = field("类别", description="督查指导或工作通报", isin=KINDS)
    item_date: pl.Date = field("日期", description="督查开展或通报印发的日期")
    township_code: str = field(
        "乡镇代码",
        description="督查或通报的乡镇；通报全区的为空",
        place="township",
        references="dim_division.division_code",
        nullable=True,
    )
    problems_found: pl.Int64 = field(
        "发现问题",
        description="督查发现或通报指出的问题；没有逐条列出的通报为空",
        unit="个",
        ge=0,
        nullable=True,
    )
    problems_rectified: pl.Int64 = field(
        "已整改问题", description="其中季末已整改的", unit="个", ge=0, nullable=True
    )

    dated_in_quarter = rule(
        "日期应在报告季度内",
        pl.format("{}-Q{}", pl.col("item_date").dt.year(), pl.col("item_date").dt.quarter())
        == pl.col("period"),
    )

    rectified_within_found = rule(
        "已整改问题不应多于发现问题",
        pl.col("problems_rectified").fill_null(0) <= pl.col("problems_found").fill_null(0),
    )

    supervision_says_where = rule(
        "督查指导应填写乡镇和发现问题数，没有问题填 0",
        (pl.col("kind") != "督查指导")
        | pl.col("township_code").is_not_null() & pl.col("problems_found").is_not_null(),
    )


class FactWorkSupervision(FactLineage):
    """One row per supervision or circular and quarter."""

    period: str = field("报告期", description="形如 2022-Q3")
    item_number: str = field("编号", description="督查或通报的编号", key=True)
    year: pl.Int32 = field("年", description="报告期所在年", key=True)
    quarter: pl.Int32 = field("季", description="报告期所在季，1 至 4", key=True)
    reporter_code: str = field(
        "填报单位代码", description="报送的部门", references="dim_reporter.reporter_code"
    )
    division_key: str = field(
        "区划键", description="季末时的乡镇；通报全区的为区", references="dim_division.division_key"
    )
    township_code: str = field(
        "乡镇代码", description="通报全区的为空", references="dim_division.division_code", nullable=True
    )
    kind: str = field("类别", description="督查指导或工作通报")
    item_date: pl.Date = field("日期", description="督查开展或通报印发的日期")
    problems_found: pl.Int64 = field(
        "发现问题", description="没有逐条列出的通报为空", unit="个", nullable=True
    )
    problems_rectified: pl.Int64 = field("已整改问题", description="季末已整改的", unit="个", nullable=True)

    class Config:
        title = "督查指导与工作通报"
        description = "一行为一次督查或一份通报，取有效报送；整改情况截至该季末"
