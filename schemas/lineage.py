"""Lineage of rows: the columns that every staged table, and every fact, begins with."""

from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.api.dataframe.model_components import FieldInfo

from schemas.field import field
from schemas.rule import hand_rules_to_pandera


class Staged(pa.DataFrameModel):
    """Reporter, delivery, sheet, block and row that a staged row came from, its flags and corrected fields."""

    county_code: str = field("区县代码", description="行报送所属区县的六位代码")
    reporter_code: str = field(
        "填报单位代码", description="报送者代码", references="dim_reporter.reporter_code"
    )
    contract: str = field("表式", description="读取所依据的表式约定，形如 表.版式")
    period: str = field(
        "报告期", description="2022、2022-Q3、2022-06 或时点日期 2022-12-31；半年 2022-H1，旬 2022-06-D1"
    )
    delivery_id: str = field(
        "报送编号", description="该行所在的一次报送", references="dq_delivery.delivery_id"
    )
    sheet_name: str = field("工作表", description="该行所在的工作表；文本文件为空文本")
    sheet_block: pl.Int32 = field(
        "块号", description="一张工作表有几块并排或几条竖排记录时，该行在第几块，从 1 起"
    )
    sheet_row: pl.Int32 = field(
        "行号", description="该行在工作表或文本文件中的行号，从 1 起；竖排表为首个指标行"
    )
    flags: str = field("疑点", description="该行带有的疑点规则，以分号相隔；无则为空", nullable=True)
    corrected: str = field(
        "更正", description="该行按登记的更正读取的字段，以分号相隔；无则为空", nullable=True
    )

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Read its rules. Raises TypeError for a table without a key."""
        hand_rules_to_pandera(cls)
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]  # pandera gives no types
        declared = (value for ancestor in cls.__mro__ for value in vars(ancestor).values())
        if not any(isinstance(value, FieldInfo) and (value.metadata or {}).get("key") for value in declared):
            raise TypeError(
                f"{cls.__name__} has no key: declare what a row is of with field(…, key=True), or derive it of StagedByRow"
            )


def _place(of: str, *, key: bool = False) -> Any:
    """Declare one of the fields that say where a row lies."""
    title, description = _PLACES[of]
    return field(title, description=description, key=key)


_PLACES = {
    "sheet": ("工作表", "该行所在的工作表；文本文件为空文本"),
    "block": ("块号", "该行在工作表的第几块，从 1 起"),
    "row": ("行号", "该行在工作表或文本文件中的行号，从 1 起"),
}


class StagedByRow(Staged):
    """Lineage of rows that nothing but their place in the delivery tells apart: a form whose rows have no key."""

    sheet_name: str = _place("sheet", key=True)
    sheet_block: pl.Int32 = _place("block", key=True)
    sheet_row: pl.Int32 = _place("row", key=True)


class FactLineage(pa.DataFrameModel):
    """Lineage as facts carry it on."""

    county_code: str = field("区县代码", description="报送所属区县的六位代码")
    delivery_id: str = field(
        "报送编号", description="该行所在的一次报送", references="dq_delivery.delivery_id"
    )
    sheet_name: str = _place("sheet")
    sheet_block: pl.Int32 = _place("block")
    sheet_row: pl.Int32 = _place("row")
    flags: str = field("疑点", description="该行带有的疑点规则，以分号相隔；无则为空", nullable=True)
    corrected: str = field(
        "更正", description="该行按登记的更正读取的字段，以分号相隔；无则为空", nullable=True
    )


class FactLineageByRow(FactLineage):
    """Lineage of facts whose rows are told apart by their place in the delivery of a reporter and period."""

    sheet_name: str = _place("sheet", key=True)
    sheet_block: pl.Int32 = _place("block", key=True)
    sheet_row: pl.Int32 = _place("row", key=True)
