"""乡村振兴政策文件目录: the documents in force at the end of the year, and the package that each belongs to."""

from functools import partial

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import ISSUED_NUMBER, no_long_number


class StagedPolicyDocument(Staged):
    """Accepted rows of 乡村振兴政策文件目录, one per delivery and document."""

    document_number: str = field(
        "文号", description="发文字号，形如 云农组发〔2022〕1号", key=True, str_matches=ISSUED_NUMBER
    )
    document_title: str = field(
        "文件名称", description="文件的标题", str_length={"min_value": 4, "max_value": 80}
    )
    package_code: str = field(
        "政策体系",
        description="文件所属政策体系的名称，形如 1+3+1；是名称，数字不可相加；单独印发的为空",
        str_matches=r"^[0-9]{1,2}(\+[0-9]{1,2}){1,5}$",
        blank="none",
    )
    issued_date: pl.Date = field("印发日期", description="文件印发的日期")
    issuer_name: str = field(
        "发文机关", description="联合印发的以、相隔", str_length={"min_value": 2, "max_value": 60}
    )

    title_without_personal_number = rule(
        "文件名称中不应有电话或证件号码",
        no_long_number(pl.col("document_title")),
        of="document_title",
        name="no_personal_number",
    )
    issuer_without_personal_number = rule(
        "发文机关中不应有电话或证件号码",
        no_long_number(pl.col("issuer_name")),
        of="issuer_name",
        name="no_personal_number",
    )
    issued_by_year_end = rule(
        "印发日期不应晚于报告年", pl.col("issued_date").dt.strftime("%Y") <= pl.col("period")
    )


POLICY_DOCUMENT = Fact(
    StagedPolicyDocument,
    title="政策文件",
    grain="一行为一份文件的一年，取有效报送；年末有效的文件各年都在目录中",
)


_indicator = partial(
    Indicator,
    chapter="党建与治理",
    source="乡村振兴政策文件目录表式说明",
    form="乡村振兴政策文件目录",
)
_term = partial(Term, "fact_policy_document")

INDICATORS = [
    _indicator(
        "policy_package_code", "政策体系", "policy packages in force", "个", "definition",
        "年末有效文件所属的政策体系，一个名称（形如 1+3+1）计一个；名称中的数字不是件数，不可相加",
        _term("count_distinct", "package_code"),
    ),
    _indicator(
        "policy_document_count", "政策文件", "policy documents in force", "份", "stock",
        "年末有效的乡村振兴政策文件，一个文号计一份，含不属任何政策体系的", _term("count", "document_number"),
    ),
]  # fmt: skip
