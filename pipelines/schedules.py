"""Jobs and when they run: the whole load every night; receiving alone whenever the inbox asks for it."""

import logging
from datetime import datetime

import dagster as dg

from pipelines.ending import LOAD_STEP
from pipelines.quiet_night import Doubt, end_quietly
from pipelines.state.load_record import STATES, LoadRecord
from schemas.errors import log_failure
from sources.home.clock import SHANGHAI
from sources.home.folders import Home

_log = logging.getLogger("xiangcang")

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
    selection=dg.AssetSelection.assets("intake", LOAD_STEP) | dg.AssetSelection.key_prefixes("staging"),
    config=SILENT,
    description="只收件：归档、暂存、回执，不发布",
)


def nightly_schedule(home: Home) -> dg.ScheduleDefinition:
    """Load every night; a night in which nothing is new launches no run, and leaves an observation of the load."""

    @dg.schedule(
        name="nightly",
        job=nightly,
        cron_schedule="30 1 * * *",
        execution_timezone="Asia/Shanghai",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="每日 01:30；没有改动的夜里不启动运行",
    )
    def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        record = end_quietly(home.root, datetime.now(SHANGHAI))
        if isinstance(record, Doubt):
            return dg.RunRequest(tags={"xiangcang/reason": record.reason})
        try:
            context.instance.report_runless_asset_event(_observation(record))
        except Exception as error:  # noqa: BLE001 - the night is then seen as a run
            log_failure(_log, "the observation of a quiet night was not written", error)
            return dg.RunRequest(tags={"xiangcang/reason": f"没有改动未能记入界面：{type(error).__name__}"})
        return dg.SkipReason(f"没有改动，未启动运行；现行版本 {record.version}")

    return every_night


def _observation(record: LoadRecord) -> dg.AssetObservation:
    return dg.AssetObservation(
        LOAD_STEP, metadata={"state": STATES[record.state], "version": record.version or "尚无"}
    )
