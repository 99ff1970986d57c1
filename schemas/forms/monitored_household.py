"""防止返贫监测对象台账: households found at risk of poverty, the help they have, and whether the risk is gone."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Indicator, Term
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
    category: str = field(
        "监测对象类别", description="认定时的类别", isin=CATEGORIES, of_households="household_key"
    )
    monitored_persons: pl.Int64 = field(
        "监测人口", description="户内的监测人口", unit="人", ge=1, le=20, unwatched="small_counts"
    )
    found_date: pl.Date = field("认定日期", description="识别认定为监测对象的日期")
    is_helped: pl.Boolean = field("落实帮扶", description="季末是否已落实帮扶措施")
    cleared_date: pl.Date = field(
        "风险消除日期",
        description="认定风险已消除的日期；未消除的为空",
        blank="none",
        of_households="household_key",
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


_FACT = "fact_monitored_household"
_ALL = Term(_FACT, "count", "category")


def _indicator(
    code: str, name: str, name_en: str, definition: str, value: Term, denominator: Term | None = None
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="增收与金融",
        definition=definition,
        source="防止返贫监测对象台账表式说明",
        form="防止返贫监测对象台账",
        unit="%" if denominator else "户",
        kind="ratio" if denominator else "stock",
        value=value,
        denominator=denominator,
        periods=("year", "quarter"),
    )


INDICATORS = [
    _indicator(
        "monitored_household_count", "防止返贫监测对象", "households found at risk of poverty",
        "期内最近一季末累计认定的监测户，含风险已消除的", _ALL,
    ),
    _indicator(
        "monitored_household_at_risk_count", "未消除风险的监测对象", "households still at risk of poverty",
        "期内最近一季末风险尚未消除的监测户", Term(_FACT, "count", "category", where="cleared_date is null"),
    ),
    _indicator(
        "monitored_household_cleared_rate", "监测对象风险消除率", "share of households whose risk is gone",
        "期内最近一季末风险已消除的监测户占累计认定的监测户的比重",
        Term(_FACT, "count", "cleared_date", where="cleared_date is not null"), _ALL,
    ),
]  # fmt: skip
