"""督查指导与工作通报台账: supervisions in townships and circulars, with the problems found and put right."""

from functools import partial

import polars as pl

from schemas.fact import REPORTER, Fact
from schemas.field import field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
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
        blank="not_applicable",
    )
    problems_found: pl.Int64 = field(
        "发现问题",
        description="督查发现或通报指出的问题；没有逐条列出的通报为空",
        unit="个",
        ge=0,
        blank="not_applicable",
        unwatched="small_counts",
    )
    problems_rectified: pl.Int64 = field(
        "已整改问题",
        description="其中季末已整改的",
        unit="个",
        ge=0,
        blank="not_applicable",
        unwatched="small_counts",
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


WORK_SUPERVISION = Fact(
    StagedWorkSupervision,
    title="督查指导与工作通报",
    grain="一行为一次督查或一份通报，取有效报送；整改情况截至该季末",
    period="quarter",
    place=("township_code", REPORTER),
    notes={
        "division_key": "通报全区的为区县",
    },
)


_SUPERVISED = "kind = '督查指导'"


_indicator = partial(
    Indicator,
    chapter="党建与治理",
    source="督查指导与工作通报台账表式说明",
    form="督查指导与工作通报台账",
    periods=("year", "quarter"),
)


def _sum(column: str) -> Term:
    return Term("fact_work_supervision", "sum", column, where=_SUPERVISED, over_time="sum")


def _count(where: str) -> Term:
    return Term("fact_work_supervision", "count", "item_number", where=where, over_time="sum")


INDICATORS = [
    _indicator(
        "supervision_count", "督查指导", "supervisions", "次", "flow",
        "期内开展的督查指导，一个编号计一次", _count(_SUPERVISED),
    ),
    _indicator(
        "work_circular_count", "工作通报", "work circulars", "份", "flow",
        "期内印发的工作通报，含通报全区的", _count("kind = '工作通报'"),
    ),
    _indicator(
        "supervision_rectification_rate", "督查问题整改率", "share of problems found that are put right", "%", "ratio",
        "期内督查指导发现的问题中季末已整改的比重；工作通报指出的问题不计",
        _sum("problems_rectified"), _sum("problems_found"),
    ),
]  # fmt: skip
