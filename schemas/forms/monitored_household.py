"""防止返贫监测对象台账: households found at risk of poverty, the help they have, and whether the risk is gone."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.lineage import Staged
from schemas.rule import rule

_QUARTER_ENDS = {"-Q1": "-03-31", "-Q2": "-06-30", "-Q3": "-09-30", "-Q4": "-12-31"}
CATEGORIES = ["脱贫不稳定户", "边缘易致贫户", "突发严重困难户"]


class StagedMonitoredHousehold(Staged):
    """Accepted rows of 防止返贫监测对象台账, one per delivery and household; those cleared stay listed."""

    household_key: str = field("监测户", description="户编号的加盐散列；编号本身不入库", key=True, pii="hash")
    village_code: str = field(
        "行政村代码",
        description="统计用区划代码，由村名在所属乡镇内查得",
        place="village",
        references="dim_division.division_code",
    )
    category: str = field("监测对象类别", description="认定时的类别", isin=CATEGORIES)
    monitored_persons: pl.Int64 = field("监测人口", description="户内的监测人口", unit="人", ge=1, le=20)
    found_date: pl.Date = field("认定日期", description="识别认定为监测对象的日期")
    is_helped: pl.Boolean = field("落实帮扶", description="季末是否已落实帮扶措施")
    cleared_date: pl.Date = field(
        "风险消除日期", description="认定风险已消除的日期；未消除的为空", nullable=True
    )

    cleared_after_found = rule("风险消除日期不应早于认定日期", pl.col("cleared_date") >= pl.col("found_date"))

    dated_by_quarter_end = rule(
        "认定日期、风险消除日期不应晚于季末",
        pl.max_horizontal("found_date", "cleared_date")
        <= (
            pl.col("period").str.slice(0, 4)
            + pl.col("period").str.slice(4).replace_strict(_QUARTER_ENDS, default=None)
        ).str.to_date(strict=False),
    )

    cleared_with_help = rule(
        "风险已消除的户应已落实帮扶", pl.col("cleared_date").is_null() | pl.col("is_helped"), flag=True
    )


MONITORED_HOUSEHOLD = Fact(
    StagedMonitoredHousehold,
    title="防止返贫监测对象",
    grain="一行为一个监测户的一季，取有效报送；都是季末的情况，已消除风险的仍在其中，各季不可相加",
    period="quarter",
    place=("village_code",),
    keyed_by_period=True,
)
