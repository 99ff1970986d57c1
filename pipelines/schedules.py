"""Jobs and when they run: the whole load every night; receiving alone whenever the inbox asks for it."""

import dagster as dg

# What a run does is in its events, not on the console of whatever process it runs in.
SILENT = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

nightly = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all(),
    config=SILENT,
    description="全部：收件、暂存、建库、检查、发布",
)

receive = dg.define_asset_job(
    "receive",
    selection=dg.AssetSelection.groups("intake", "staging", "load"),
    config=SILENT,
    description="只收件：归档、暂存、回执，不发布",
)

every_night = dg.ScheduleDefinition(
    name="nightly",
    job=nightly,
    cron_schedule="30 1 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="每日 01:30",
)
