"""整村授信进度表: households filed, rated, granted credit and drawing on it, by village at the end of a quarter."""

import polars as pl

from schemas.fact import INSTITUTION_COLUMN, Fact
from schemas.field import Yuan, field
from schemas.forms.agri_processing import CLUSTERS
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule


class StagedVillageCredit(Staged):
    """Accepted rows of 整村授信进度表, one per delivery and village."""

    village_code: str = field(
        "行政村代码",
        description="统计用区划代码，由村名在所属乡镇内查得",
        key=True,
        place="village",
        references="dim_division.division_code",
    )
    cluster: str = field(
        "对接产业集群", description="批量开发所对接的产业集群；没有的为空", isin=CLUSTERS, blank="none"
    )
    filed_households: pl.Int64 = field(
        "建档户数", description="季末已建立信息档案的农户", unit="户", ge=0, watch=(10, 1000)
    )
    rated_households: pl.Int64 = field(
        "评级户数",
        description="季末评定为信用户的农户",
        unit="户",
        ge=0,
        watch=(10, 1000),
        of_households="rated_households",
    )
    granted_households: pl.Int64 = field(
        "授信户数", description="季末有授信额度的农户", unit="户", ge=0, watch=(10, 1000)
    )
    drawn_households: pl.Int64 = field(
        "用信户数", description="季末有用信余额的农户", unit="户", ge=0, watch=(10, 1000)
    )
    granted_yuan: Yuan = field(
        "授信额度",
        description="季末有效的授信额度",
        unit="元",
        ge=0,
        watch=(10, 1000, 10000),
        of_households="granted_households",
    )
    drawn_yuan: Yuan = field(
        "用信余额",
        description="季末授信项下的贷款余额",
        unit="元",
        ge=0,
        watch=(10, 1000, 10000),
        of_households="drawn_households",
    )
    is_credit_village: pl.Boolean = field("信用村", description="季末是否已评为信用村")

    households_narrow_down = rule(
        "用信户数、授信户数、评级户数、建档户数应依次不减",
        (pl.col("drawn_households") <= pl.col("granted_households"))
        & (pl.col("granted_households") <= pl.col("rated_households"))
        & (pl.col("rated_households") <= pl.col("filed_households")),
    )
    drawn_within_granted = rule("用信余额不应大于授信额度", pl.col("drawn_yuan") <= pl.col("granted_yuan"))
    amounts_have_households = rule(
        "有授信额度的应有授信户，有用信余额的应有用信户",
        ((pl.col("granted_yuan") > 0) == (pl.col("granted_households") > 0))
        & ((pl.col("drawn_yuan") > 0) == (pl.col("drawn_households") > 0)),
    )
    credit_village_is_rated = rule(
        "信用村的评级户数应不少于建档户数的一半",
        ~pl.col("is_credit_village") | (2 * pl.col("rated_households") >= pl.col("filed_households")),
        flag=True,
    )


VILLAGE_CREDIT = Fact(
    StagedVillageCredit,
    title="整村授信进度",
    grain="一行为一家银行在一个行政村的一季，取有效报送；都是季末数，各季不可相加",
    period="quarter",
    place=("village_code",),
    keyed_by_reporter=True,
    keyed_by_period=True,
    reporter=INSTITUTION_COLUMN,
    series=("institution_code", "village_code"),
    notes={
        "granted_yuan": "不是发放",
        "drawn_yuan": "已在银行的贷款余额之内，不可再加",
    },
)


_FACT = "fact_village_credit"


def _stock(code: str, name: str, name_en: str, unit: str, definition: str, value: Term) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="增收与金融",
        definition=definition,
        source="整村授信进度表表式说明",
        form="整村授信进度表",
        unit=unit,
        kind="stock",
        value=value,
        periods=("year", "quarter"),
    )


INDICATORS = [
    _stock(
        "credit_village_count", "信用村", "villages assessed as credit villages", "个",
        "期内最近一季末已评为信用村的行政村", Term(_FACT, "count", "is_credit_village", where="is_credit_village"),
    ),
    _stock(
        "creditworthy_household_count", "信用户", "households rated creditworthy", "户",
        "期内最近一季末评定为信用户的农户，不论是否授信", Term(_FACT, "sum", "rated_households"),
    ),
    _stock(
        "village_credit_granted_amount", "整村授信额度", "credit granted to whole villages", "元",
        "期内最近一季末有效的授信额度；是额度，不是发放", Term(_FACT, "sum", "granted_yuan"),
    ),
    _stock(
        "village_credit_drawn_amount", "整村授信用信余额", "credit drawn in whole villages", "元",
        "期内最近一季末授信项下的贷款余额；已在银行的贷款余额之内，不可再加", Term(_FACT, "sum", "drawn_yuan"),
    ),
]  # fmt: skip
