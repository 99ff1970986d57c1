"""村庄分类布局表: the class of each village, on the list of villages that the classification was made on."""

import polars as pl

from schemas.field import field
from schemas.indicator import CLASSIFICATION_DATE, CLASSIFICATION_LIST, Indicator, Term
from schemas.lineage import FactLineage, Staged
from schemas.rule import rule
from schemas.rules import no_long_number

VILLAGE_CLASSES = ("集聚提升类", "城郊融合类", "特色保护类", "搬迁撤并类", "其他类")


class StagedVillageClass(Staged):
    """Accepted rows of 村庄分类布局表, one per delivery and classified village."""

    township_code: str = field(
        "乡镇代码",
        description="分类表所列的所属乡镇；没有列出的为空",
        key=True,
        place="township",
        blank="not_applicable",
        references="dim_division.division_code",
    )
    village_name: str = field(
        "村庄名称",
        description="分类表中的村庄名称",
        key=True,
        str_length={"min_value": 2, "max_value": 30},
    )
    village_code: str = field(
        "行政村代码",
        description="基准日名录中的行政村；名录中没有的村庄为空，不作推测",
        place="village",
        blank="not_applicable",
        references="dim_division.division_code",
    )
    village_class: str = field("村庄类别", description="分类布局中的类别", isin=VILLAGE_CLASSES)
    basis_date: pl.Date = field("分类基准日", description="分类所依的区划名录日期")

    no_personal_number = rule(
        "村庄名称中不应有电话或证件号码", no_long_number(pl.col("village_name")), of="village_name"
    )


class FactVillageClass(FactLineage):
    """One row per classified village and year in which the classification stood."""

    period: str = field("报告期", description="形如 2022")
    township_code: str = field(
        "乡镇代码",
        description="分类表所列的乡镇；没有列出的为 unknown",
        key=True,
        references="dim_division.division_code",
    )
    village_name: str = field("村庄名称", description="分类表中的村庄名称", key=True)
    year: pl.Int32 = field("年", description="报告年", key=True)
    reporter_code: str = field(
        "填报单位代码", description="报送的部门", references="dim_reporter.reporter_code"
    )
    village_code: str = field(
        "行政村代码",
        description="基准日名录中的行政村；名录中没有的为空",
        nullable=True,
        references="dim_division.division_code",
    )
    division_key: str = field(
        "区划键",
        description="基准日的行政村；名录中没有的为所列乡镇，都没有的为 unknown",
        references="dim_division.division_key",
    )
    village_class: str = field("村庄类别", description="分类布局中的类别")
    basis_date: pl.Date = field("分类基准日", description="分类所依的区划名录日期")

    class Config:
        title = "村庄分类"
        description = (
            "一行为一个参与分类的村庄的一年，取有效报送；按分类基准日的名录，与现行行政村不是同一口径"
        )


_FACT = "fact_village_class"


def _count(code: str, name: str, name_en: str, subject: str, value: Term) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="乡村建设",
        definition=f"{subject}；按 {CLASSIFICATION_DATE} 名录为口径，其后撤并的村仍计在内，与现行行政村数不能相比",
        source="村庄分类布局表表式说明",
        form="村庄分类布局表",
        unit="个",
        kind="stock",
        value=value,
        basis=CLASSIFICATION_LIST,
    )


def _of_class(code: str, name_en: str, village_class: str) -> Indicator:
    value = Term(_FACT, "count", "village_class", where=f"village_class = '{village_class}'")
    return _count(code, f"{village_class}村庄", name_en, f"划为{village_class}的村庄", value)


INDICATORS = [
    _count(
        "village_classified_count", "分类村庄", "villages classified",
        "村庄分类布局中划定类别的村庄，一村计一次", Term(_FACT, "count", "village_name"),
    ),
    _of_class("village_class_agglomeration_count", "villages to agglomerate and upgrade", "集聚提升类"),
    _of_class("village_class_suburban_count", "villages to integrate with the suburbs", "城郊融合类"),
    _of_class("village_class_protection_count", "villages to protect for their character", "特色保护类"),
    _of_class("village_class_relocation_count", "villages to relocate or merge", "搬迁撤并类"),
    _of_class("village_class_other_count", "villages of no class yet", "其他类"),
]  # fmt: skip
