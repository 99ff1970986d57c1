"""领导小组机构名录: the leading groups for rural work at the end of the year, and who they share their staff with."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number

_POST = r"[一-龥]{0,16}(?:书记|区长|主任|主席|部长|局长|镇长|乡长)"


class StagedLeadingGroup(Staged):
    """Accepted rows of 领导小组机构名录, one per delivery and group."""

    group_name: str = field(
        "领导小组名称",
        description="机构的全称",
        key=True,
        str_matches=r"^[一-龥0-9]{2,40}(领导小组|指挥部|委员会|工作专班)$",
    )
    head_posts: str = field(
        "组长职务",
        description="担任组长的职务，以、相隔，形如 区委书记、区长；只写职务，不写姓名",
        str_matches=rf"^{_POST}(?:、{_POST})*$",
    )
    office_name: str = field(
        "办公室设在",
        description="承担日常工作的机构；未设的为空",
        str_length={"min_value": 2, "max_value": 40},
        blank="none",
    )
    is_staff_shared: pl.Boolean = field(
        "一套人马", description="是否与名录中同一办公室的其他机构共用一套人马"
    )

    group_without_personal_number = rule(
        "领导小组名称中不应有电话或证件号码",
        no_long_number(pl.col("group_name")),
        of="group_name",
        name="no_personal_number",
    )
    office_without_personal_number = rule(
        "办公室名称中不应有电话或证件号码",
        no_long_number(pl.col("office_name")),
        of="office_name",
        name="no_personal_number",
    )
    shared_staff_has_office = rule(
        "一套人马的机构应填写办公室所设的机构",
        ~pl.col("is_staff_shared") | pl.col("office_name").is_not_null(),
    )


LEADING_GROUP = Fact(
    StagedLeadingGroup,
    title="领导小组",
    grain="一行为一个领导小组的一年，取有效报送；两个机构一套人马的仍是两个机构",
)


INDICATORS = [
    Indicator(
        code="leading_group_count",
        name="领导小组",
        name_en="leading groups",
        chapter="党建与治理",
        definition="年末名录中的领导小组；两个机构一套人马的计两个",
        source="领导小组机构名录表式说明",
        form="领导小组机构名录",
        unit="个",
        kind="stock",
        value=Term("fact_leading_group", "count", "group_name"),
    ),
]
