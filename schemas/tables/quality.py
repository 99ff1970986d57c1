"""What is known about the data itself: deliveries, rejected rows, control totals, checks, the build."""

from schemas.tables.source import (
    SourceBuildInfo,
    SourceCheckResult,
    SourceControlTotal,
    SourceDelivery,
    SourceRejectedRow,
)


class DqDelivery(SourceDelivery):
    """One row per delivery, whatever became of it."""

    class Config:
        title = "报送"
        description = "收到的每一次报送及其结果，一行一次；is_in_force 的进入本库"


class DqRejectedRow(SourceRejectedRow):
    """One row per reason of a rejected or flagged row."""

    class Config:
        title = "退回与存疑的行"
        description = "未通过规则的行，一行一条原因；同一行可有多条"


class DqControlTotal(SourceControlTotal):
    """One row per total printed in a file."""

    class Config:
        title = "合计核对"
        description = "文件中所印的合计与各行相加之数，一行一个合计"


class DqCheckResult(SourceCheckResult):
    """One row per check of this build."""

    class Config:
        title = "检查结果"
        description = "本次建库的全部检查，一行一项，包括未见违反的"


class WarehouseInfo(SourceBuildInfo):
    """One row per thing that this warehouse says of itself."""

    class Config:
        title = "本库说明"
        description = "本库的版本、截止时间、口径与数据性质，一行一项"
