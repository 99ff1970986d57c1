"""Coverage of reporting: how many of the deliveries due came, and came in time."""

import pandera.polars as pa
import polars as pl

from schemas.field import Pct, field


class MartReportingRate(pa.DataFrameModel):
    """One row per form, period and division whose reporters were to send it."""

    staged_table: str = field("表", description="读入的表", key=True)
    form_title: str = field("表名", description="表式约定中的表名")
    period: str = field("报告期", description="形如 2022、2022-Q3、2022-06 或 2022-12-31", key=True)
    division_code: str = field(
        "区划代码",
        description="报送者所属的区划；区县为全部报送者",
        key=True,
        references="dim_division.division_code",
    )
    due_deliveries: pl.Int64 = field(
        "应报份数", description="已到期的报送，到期之前收到的到期后才计", unit="份"
    )
    on_time_deliveries: pl.Int64 = field("按期份数", description="应报日期前收到的", unit="份")
    late_deliveries: pl.Int64 = field("迟报份数", description="应报日期后收到的", unit="份")
    missing_deliveries: pl.Int64 = field("未报份数", description="到期未收到的", unit="份")
    superseded_deliveries: pl.Int64 = field("被替代次数", description="曾获接收、后为新报送替代的", unit="次")
    rejected_deliveries: pl.Int64 = field("退回次数", description="整份退回的报送", unit="次")
    reporting_rate_pct: Pct = field("报送率", description="应报份数中已收到的", unit="%")
    on_time_rate_pct: Pct = field("及时率", description="应报份数中按期收到的", unit="%")

    class Config:
        title = "报送率"
        description = "各表各报告期的报送率与及时率，按区县和各报送者所属区划"
        metadata = {"exported": True}
