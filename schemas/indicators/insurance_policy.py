"""农业保险: insurers and sectors with policies, premiums, and claims paid."""

from schemas.indicator import Aggregate, Indicator, Kind, Term

_FACT = "fact_insurance_policy"


def _indicator(
    code: str, name: str, name_en: str, unit: str, kind: Kind, definition: str, term: tuple[Aggregate, str]
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="增收与金融",
        definition=definition,
        source="农业保险承保台账表式说明",
        form="农业保险承保台账",
        unit=unit,
        kind=kind,
        value=Term(_FACT, *term),
    )


INDICATORS = [
    _indicator(
        "agri_insurer_count", "承保的保险公司", "insurers with agricultural policies", "家", "stock",
        "当年有农业保险保单的保险公司，一家计一次", ("count_distinct", "insurer_name"),
    ),
    _indicator(
        "agri_insured_sector_count", "承保的行业", "insured sectors", "类", "stock",
        "当年有保单的行业（种植业、畜牧业），一类计一次", ("count_distinct", "sector"),
    ),
    _indicator(
        "agri_insurance_premium", "农业保险保费", "premiums of agricultural insurance", "元", "flow",
        "当年各保单的保费之和，含各级财政补贴", ("sum", "premium_yuan"),
    ),
    _indicator(
        "agri_insurance_claims", "农业保险赔付", "claims paid on agricultural insurance", "元", "flow",
        "当年各保单年末已决赔案的赔款之和，未决的不计", ("sum", "claims_yuan"),
    ),
]  # fmt: skip
