"""农业保险承保台账: policies on crops and animals, and what was paid on them."""

from functools import partial
from typing import Annotated

import polars as pl

from schemas.fact import REPORTER, Fact
from schemas.field import Yuan, field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number

PRODUCTS = ["政策性", "特色"]
SECTORS = ["种植业", "畜牧业"]

Mu = Annotated[pl.Decimal, 18, 2]


class StagedInsurancePolicy(Staged):
    """Accepted rows of 农业保险承保台账, one per delivery and policy."""

    policy_number: str = field(
        "保单号", description="承保机构的保险单号码", key=True, str_matches=r"^[0-9A-Z-]{6,40}$"
    )
    insurer_name: str = field(
        "承保机构", description="签发保单的保险公司", str_length={"min_value": 2, "max_value": 50}
    )
    product: str = field("险种类别", description="政策性农业保险，或地方特色农业保险", isin=PRODUCTS)
    sector: str = field("承保行业", description="标的所属的行业", isin=SECTORS)
    insured_subject: str = field(
        "保险标的", description="承保的作物或牲畜，如玉米、奶牛", str_length={"min_value": 1, "max_value": 20}
    )
    village_code: str = field(
        "标的所在村代码",
        description="标的所在的行政村；跨村承保的为空",
        place="village",
        blank="not_applicable",
        references="dim_division.division_code",
    )
    township_code: str = field(
        "标的所在乡镇代码",
        description="标的所在的乡镇、街道；跨乡镇承保的为空",
        place="township_level",
        blank="not_applicable",
        references="dim_division.division_code",
    )
    insured_area_mu: Mu = field(
        "承保面积",
        description="种植业的承保面积；畜牧业的为空",
        unit="亩",
        gt=0,
        blank="not_applicable",
        watch=(10000,),
    )
    insured_head: pl.Int64 = field(
        "承保头数",
        description="畜牧业的承保头数；种植业的为空",
        unit="头",
        gt=0,
        blank="not_applicable",
        watch=(10000,),
    )
    insured_households: pl.Int64 = field(
        "参保农户数", description="保单所保的农户", unit="户", ge=1, unwatched="honestly_wide"
    )
    premium_yuan: Yuan = field(
        "保费",
        description="保单的保费，含各级财政补贴",
        unit="元",
        gt=0,
        unwatched="honestly_wide",
        of_households="insured_households",
    )
    claim_count: pl.Int64 = field(
        "赔案件数", description="年末已决的赔案", unit="件", ge=0, unwatched="small_counts"
    )
    claims_yuan: Yuan = field(
        "赔付金额",
        description="年末已决赔案的赔款",
        unit="元",
        ge=0,
        unwatched="honestly_wide",
        of_households="insured_households",
    )

    no_personal_number = rule(
        "承保机构、保险标的中不应有电话或证件号码", no_long_number, of=("insurer_name", "insured_subject")
    )
    measured_by_sector = rule(
        "种植业应填承保面积、不填头数，畜牧业应填头数、不填面积",
        (pl.col("insured_area_mu").is_not_null() == (pl.col("sector") == "种植业"))
        & (pl.col("insured_head").is_not_null() != (pl.col("sector") == "种植业")),
    )
    claims_have_cases = rule(
        "有赔付金额的应有赔案，有赔案的应有赔付金额",
        (pl.col("claims_yuan") > 0) == (pl.col("claim_count") > 0),
    )
    claims_near_premium = rule(
        "赔付金额应在保费的五十倍以内", pl.col("claims_yuan") <= 50 * pl.col("premium_yuan"), flag=True
    )


INSURANCE_POLICY = Fact(
    StagedInsurancePolicy,
    title="农业保险保单",
    grain="一行为一份保单的一年，取有效报送；面积与头数不能相加",
    place=("village_code", "township_code", REPORTER),
    keyed_by_reporter=True,
    peers=("sector",),
    notes={
        "division_key": "跨村承保的为乡镇，跨乡镇的为区县",
        "insured_households": "一户可有几份保单",
    },
)


_indicator = partial(
    Indicator,
    chapter="增收与金融",
    source="农业保险承保台账表式说明",
    form="农业保险承保台账",
)
_term = partial(Term, "fact_insurance_policy")

INDICATORS = [
    _indicator(
        "agri_insurer_count", "承保的保险公司", "insurers with agricultural policies", "家", "stock",
        "当年有农业保险保单的保险公司，一家计一次", _term("count_distinct", "insurer_name"),
    ),
    _indicator(
        "agri_insured_sector_count", "承保的行业", "insured sectors", "类", "stock",
        "当年有保单的行业（种植业、畜牧业），一类计一次", _term("count_distinct", "sector"),
    ),
    _indicator(
        "agri_insurance_premium", "农业保险保费", "premiums of agricultural insurance", "元", "flow",
        "当年各保单的保费之和，含各级财政补贴", _term("sum", "premium_yuan"),
    ),
    _indicator(
        "agri_insurance_claims", "农业保险赔付", "claims paid on agricultural insurance", "元", "flow",
        "当年各保单年末已决赔案的赔款之和，未决的不计", _term("sum", "claims_yuan"),
    ),
]  # fmt: skip
