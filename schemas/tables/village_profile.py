"""村基本情况年报: one row per village and year, after the national village form G102."""

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.field import field
from schemas.tables.lineage import Lineage


class StagedVillageProfile(Lineage):
    """Accepted rows of 村基本情况年报, one per delivery and village, as reported at the end of the year."""

    village_code: str = field(
        "行政村代码",
        description="统计用区划代码，由村名在所属乡镇内查得",
        key=True,
        place="village",
        references="dim_division.division_code",
    )
    registered_households: pl.Int64 = field("户籍户数", description="年末户籍户数", unit="户", ge=0)
    registered_persons: pl.Int64 = field("户籍人口", description="年末户籍人口数", unit="人", ge=0)
    resident_persons: pl.Int64 = field(
        "常住人口", description="年末常住人口数", unit="人", ge=0, nullable=True
    )
    has_bus_service: pl.Boolean = field("通公交", description="年末是否通公共交通（G102 第 07 项）")
    sanitary_toilet_households: pl.Int64 = field(
        "使用卫生厕所户数", description="年末使用卫生厕所的户数（G102 第 11 项）", unit="户", ge=0
    )
    has_waste_collection: pl.Boolean = field(
        "生活垃圾收运处理", description="生活垃圾是否收运处理（G102 第 12 项）"
    )
    has_daily_waste_clearance: pl.Boolean = field("垃圾日产日清", description="生活垃圾是否日产日清")
    has_sewage_treatment: pl.Boolean = field("污水处理", description="生活污水是否得到处理（G102 第 13 项）")
    tap_water_households: pl.Int64 = field("通自来水户数", description="年末通自来水的户数", unit="户", ge=0)
    has_hardened_road: pl.Boolean = field("通硬化路", description="进村道路是否硬化")

    @pa.dataframe_check(name="sanitary_toilet_within_households", title="使用卫生厕所户数不应大于户籍户数")
    def sanitary_toilet_within_households(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("sanitary_toilet_households") <= pl.col("registered_households"))

    @pa.dataframe_check(name="tap_water_within_households", title="通自来水户数不应大于户籍户数")
    def tap_water_within_households(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("tap_water_households") <= pl.col("registered_households"))

    @pa.dataframe_check(name="persons_per_household", title="户均人口应在 1 至 8 人之间", raise_warning=True)
    def persons_per_household(cls, data: PolarsData) -> pl.LazyFrame:
        persons, households = pl.col("registered_persons"), pl.col("registered_households")
        return data.lazyframe.select((persons >= households) & (persons <= 8 * households))

    @pa.dataframe_check(
        name="daily_clearance_needs_collection", title="日产日清的村应有收运处理", raise_warning=True
    )
    def daily_clearance_needs_collection(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(~pl.col("has_daily_waste_clearance") | pl.col("has_waste_collection"))
