"""农户贷款: disbursement from flows, else from each note's first ledger; balances as of the last snapshot.

What a bank left blank is never guessed: a loan of unknown borrower type is none to 农户, one of unknown grant type no
new one; each is counted apart. 涉农贷款 is 农户贷款, loans to 农民专业合作社, and what others borrow for agriculture, as in
the PBOC's 涉农贷款专项统计制度 (银发〔2007〕246号); what else enterprises in rural places borrow cannot be told apart.
"""

from schemas.indicator import LOANS_SINCE, Aggregate, Grain, Indicator, Needs, OverTime, Term

_FORMS = "贷款台账、贷款登记簿、人民银行存量与发生额信息"
_LEDGER = "贷款台账"
_SOURCE = "人民银行涉农贷款专项统计制度（农户贷款）"
_AGRICULTURE = "人民银行涉农贷款专项统计制度（银发〔2007〕246号）"
_NEW_TO_FARMERS = "is_new_disbursement and is_farm_household"
_FARMERS_WITH_NEW = f"{_NEW_TO_FARMERS} and not is_reversed"
_SINCE = f"自 {LOANS_SINCE} 起至期末"
_NOT_NEW = "借新还旧、无还本续贷、展期不计，借款人类型或发放类型未报的不计；冲销发放在冲正当月减去"
_NOT_REVERSED = "发放已全额冲销的不计"
_PERIODS: tuple[Grain, ...] = ("year", "quarter", "month")
_GRANTED = "case when transaction_serial = '' then 'amount_yuan' else 'transaction_amount_yuan' end"
_LEDGERS: tuple[tuple[str, Needs], ...] = (("loan_note", "last"),)
_UNKNOWN_GRANTS = (
    ("borrower_type", "is_new_disbursement and borrower_type = 'unknown'"),
    ("grant_type", "borrower_type in ('农户', 'unknown') and grant_type = 'unknown'"),
)
_UNKNOWN_BORROWERS = (("borrower_type", "borrower_type = 'unknown'"),)
_UNKNOWN_CLASSES = (
    ("five_class", "is_agriculture_related and five_class is null"),
    ("borrower_type", "is_agriculture_related is null"),
)
_HOUSEHOLD = "case when identified_by = 'household' then 'household_key' else 'borrower_key' end"


def _disbursement(aggregate: Aggregate, where: str, over_time: OverTime = "to_date") -> Term:
    """Build a term over new loans."""
    is_sum = aggregate == "sum"
    return Term(
        "fact_loan_disbursement",
        aggregate,
        "amount_yuan" if is_sum else "household_key",
        where=where,
        over_time=over_time,
        dated_by="event_date",
        cell=_GRANTED if is_sum else _HOUSEHOLD,
        forms=(*_LEDGERS, ("loan_transaction", "every")),
        unknown=_UNKNOWN_GRANTS if "is_farm_household" in where else (),
    )


def _balance(where: str, unknown: tuple[tuple[str, str], ...] = ()) -> Term:
    return Term(
        "fact_loan_balance", "sum", "balance_yuan", where=where, forms=_LEDGERS, carries=True, unknown=unknown
    )


INDICATORS = [
    Indicator(
        code="farm_loan_disbursed_to_date",
        name="累计投放农户贷款",
        name_en="new loans to farm households, cumulative",
        chapter="增收与金融",
        definition=f"各机构{_SINCE}对农户的新发放之和；{_NOT_NEW}",
        source=_SOURCE,
        form=_FORMS,
        unit="元",
        kind="flow",
        value=_disbursement("sum", _NEW_TO_FARMERS),
    ),
    Indicator(
        code="farm_loan_disbursed",
        name="农户贷款发放额",
        name_en="new loans to farm households",
        chapter="增收与金融",
        definition=f"各机构期内对农户的新发放之和；{_NOT_NEW}",
        source=_SOURCE,
        form=_FORMS,
        unit="元",
        kind="flow",
        value=_disbursement("sum", _NEW_TO_FARMERS, "sum"),
        periods=_PERIODS,
    ),
    Indicator(
        code="farm_loan_household_to_date_count",
        name="累计得到贷款的农户",
        name_en="farm households with new loans, all institutions, upper bound",
        chapter="增收与金融",
        definition=f"各机构{_SINCE}得到新发放的农户；同一户在两家机构有贷款的各计一次，为上限；{_NOT_REVERSED}",
        source=_SOURCE,
        form=_FORMS,
        unit="户",
        kind="stock",
        value=_disbursement("count_distinct", _FARMERS_WITH_NEW),
    ),
    Indicator(
        code="unknown_borrower_loan_disbursed",
        name="借款人类型未报的贷款发放额",
        name_en="new loans whose borrower type is not reported",
        chapter="增收与金融",
        definition="各机构期内新发放中未报借款人类型的，不计入农户贷款",
        source=_SOURCE,
        form=_FORMS,
        unit="元",
        kind="flow",
        value=_disbursement("sum", "is_new_disbursement and borrower_type = 'unknown'", "sum"),
        periods=_PERIODS,
    ),
    Indicator(
        code="unknown_grant_type_loan_disbursed",
        name="发放类型未报的贷款发放额",
        name_en="loans granted whose grant type is not reported",
        chapter="增收与金融",
        definition="各机构期内发放的贷款中未报发放类型、也没有上笔借据的，不计入新发放",
        source=_SOURCE,
        form=_FORMS,
        unit="元",
        kind="flow",
        value=_disbursement("sum", "grant_type = 'unknown' and prior_note_number is null", "sum"),
        periods=_PERIODS,
    ),
    Indicator(
        code="farm_loan_balance",
        name="农户贷款余额",
        name_en="outstanding loans to farm households",
        chapter="增收与金融",
        definition="各机构期内最近一个时点的农户贷款余额之和",
        source=_SOURCE,
        form=_FORMS,
        unit="元",
        kind="stock",
        value=_balance("is_farm_household", _UNKNOWN_BORROWERS),
        periods=_PERIODS,
    ),
    Indicator(
        code="loan_non_performing_rate",
        name="涉农贷款不良率",
        name_en="non-performing share of agriculture-related loans",
        chapter="增收与金融",
        definition=(
            "各机构期内最近一个时点涉农贷款中五级分类为次级、可疑、损失的余额，占报有五级分类的余额的比重；"
            "涉农贷款为农户、农民专业合作社的贷款和用途为种植、养殖、农产品加工、农机购置的贷款，是否涉农不详的不计"
        ),
        source=_AGRICULTURE,
        form=_FORMS,
        unit="%",
        kind="ratio",
        value=_balance("is_agriculture_related and five_class in ('次级', '可疑', '损失')", _UNKNOWN_CLASSES),
        denominator=_balance("is_agriculture_related and five_class is not null", _UNKNOWN_CLASSES),
        periods=_PERIODS,
    ),
    Indicator(
        code="unknown_agriculture_loan_balance",
        name="是否涉农不详的贷款余额",
        name_en="outstanding loans of which it is unknown whether they are agriculture-related",
        chapter="增收与金融",
        definition="各机构期内最近一个时点借款人类型或用途未报、由另一项又不能判定是否涉农的贷款余额之和",
        source=_AGRICULTURE,
        form=_FORMS,
        unit="元",
        kind="stock",
        value=_balance("is_agriculture_related is null"),
        periods=_PERIODS,
    ),
]
