"""Reference data that a build is given: divisions, their other names and history, reporters, plausible bands."""

import pandera.polars as pa
import polars as pl

from schemas.field import field as column  # a relation here has a column named field


class RefDivision(pa.DataFrameModel):
    """One row per division code and start of validity; `valid_to` is the first day it no longer holds."""

    division_code: str = column(
        "区划代码", description="统计用区划代码；代码不详的为上级代码/规范名称", key=True
    )
    name: str = column("名称", description="区划名录中的全称")
    canonical_name: str = column("规范名称", description="去掉村委会、居委会等后缀的名称")
    level: str = column("级别", description="county、subdistrict、town、township、zone、community、village")
    parent_code: str = column("上级代码", description="上级区划代码；区县为空", nullable=True)
    urban_rural_code: str = column("城乡分类代码", description="统计用城乡分类代码", nullable=True)
    valid_from: pl.Date = column("启用日期", description="首次见于名录的日期", key=True)
    valid_to: pl.Date = column("停用日期", description="不再见于名录的首日；仍有效的为空", nullable=True)
    code_known: pl.Boolean = column("代码已知", description="名录给出了 12 位代码")
    note: str = column("说明", description="名录整理中的说明", nullable=True)
    list_row: pl.Int32 = column("名录行号", description="该行在名录文件 division.csv 中的行号，从 1 起")
    list_sha256: str = column("名录散列", description="名录文件内容的 SHA-256")


class RefDivisionList(pa.DataFrameModel):
    """One row per division list that figures are counted on."""

    basis: str = column("口径", description="名录的年份，如 2022", key=True)
    list_date: pl.Date = column("名录日期", description="名录的日期")


class RefDivisionAlias(pa.DataFrameModel):
    """One row per other name of a place."""

    division_code: str = column(
        "区划代码", description="别名所指的区划", key=True, references="dim_division.division_code"
    )
    alias: str = column("别名", description="在报表中见到或推想的写法", key=True)
    expected_name: str = column("应有名称", description="登记时该区划的规范名称；与名录不符即不能读取")
    status: str = column("状态", description="observed、observed_form、suggested、ambiguous")
    note: str = column("缘由", description="别名的来历，为何指向该区划")
    added_by: str = column("登记人", description="谁登记的")
    added_on: pl.Date = column("登记日期", description="何时登记")


class RefDivisionCrosswalk(pa.DataFrameModel):
    """One row per code that left the list and a code that it became, where that is known."""

    from_code: str = column("原代码", description="停用的区划代码", references="dim_division.division_code")
    to_code: str = column(
        "新代码",
        description="承接的区划代码；不详的为空",
        nullable=True,
        references="dim_division.division_code",
    )
    relation: str = column("关系", description="承接关系；unknown_successor 为去向不详")
    evidence: str = column("依据", description="判断承接关系的依据", nullable=True)
    effective_date: pl.Date = column("生效日期", description="变更见于名录的日期")


class RefReporter(pa.DataFrameModel):
    """One row per reporter and start of validity; `valid_to` is the first day it no longer reports."""

    reporter_code: str = column("填报单位代码", description="报送者代码", key=True)
    name: str = column("填报单位", description="报送者名称")
    kind: str = column("类别", description="township、bank 等")
    division_code: str = column("区划代码", description="报送者所属区划")
    folder: str = column("报送文件夹", description="收件箱中的文件夹名")
    valid_from: pl.Date = column("启用日期", description="开始报送的日期", key=True)
    valid_to: pl.Date = column("停用日期", description="不再报送的首日；仍有效的为空", nullable=True)


class RefPlausibleBand(pa.DataFrameModel):
    """One row per number of a fact that is held against a band."""

    fact_table: str = column("事实表", description="数所在的事实表", key=True)
    field: str = column("字段", description="数所在的字段", key=True)
    least: pl.Float64 = column("下限", description="本区合理的最小值，以字段的计量单位计")
    most: pl.Float64 = column("上限", description="本区合理的最大值，以字段的计量单位计")
