"""The sensors: files that have settled are received within minutes; an alert when no load has succeeded for long."""

import json
from dataclasses import dataclass, field
from datetime import datetime

import dagster as dg

from pipelines.alerts.silence import alert_overdue
from pipelines.state.lock import is_held
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.inbox import Look, look

LOOK_EVERY_SECONDS = 30
_LISTEN_EVERY_SECONDS = 900

_ON_THEIR_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
]


@dataclass(frozen=True)
class Looks:
    """What the sensor keeps between two looks: the inbox as last seen, and the files already asked for.

    A file that was asked for is not asked for again until it changes: one that cannot be received
    would otherwise launch a run at every look.
    """

    seen: Look = field(default_factory=dict)
    asked: Look = field(default_factory=dict)

    @classmethod
    def from_cursor(cls, cursor: str | None) -> "Looks":
        looks = json.loads(cursor or "{}")
        return cls(
            **{
                kind: {path: (size, mtime) for path, (size, mtime) in look.items()}
                for kind, look in looks.items()
            }
        )

    def to_cursor(self) -> str:
        # in ASCII: names that are no UTF-8 are lone surrogates, which no database takes as they are
        return json.dumps({"seen": self.seen, "asked": self.asked}, sort_keys=True)

    def settled(self, now: Look) -> Look:
        """Files that are as they were at the last look, and not asked for yet."""
        return {
            path: facts
            for path, facts in now.items()
            if self.seen.get(path) == facts and self.asked.get(path) != facts
        }

    def after(self, now: Look, asked: Look) -> "Looks":
        """Keep the looks that the next one needs: files that are gone are forgotten."""
        still = {path: facts for path, facts in self.asked.items() if now.get(path) == facts}
        return Looks(seen=now, asked=still | asked)


def inbox_sensor(home: Home) -> dg.SensorDefinition:
    """Launch `receive` when a file had the same size and time of change on two looks."""

    @dg.sensor(
        name="inbox",
        job_name="receive",
        minimum_interval_seconds=LOOK_EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="收件箱：文件在两次查看之间大小和时间不变即收件；只收件，不发布",
    )
    def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        looks, now = Looks.from_cursor(context.cursor), look(home)
        settled = looks.settled(now)
        busy = is_held(home.root) or _on_its_way(context.instance)
        asked = {} if busy else settled
        context.update_cursor(looks.after(now, asked).to_cursor())
        if asked:
            return dg.SensorResult(run_requests=[dg.RunRequest()])
        if settled:
            return dg.SkipReason(f"有 {len(settled)} 个文件待收，但一次加载正在进行")
        return dg.SkipReason(f"收件箱中有 {len(now)} 个文件，没有新的已写完的文件")

    return inbox


def overdue_sensor(home: Home) -> dg.SensorDefinition:
    """Tells when no load has ended well for too long; it launches nothing."""

    @dg.sensor(
        name="overdue",
        minimum_interval_seconds=_LISTEN_EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="久无成功的加载即发警报（见 alerts.toml）；不启动任何运行",
    )
    def overdue() -> dg.SkipReason:
        silence = alert_overdue(home.root, datetime.now(SHANGHAI))
        if silence:
            return dg.SkipReason(f"自 {silence.since:%Y-%m-%d %H:%M} 起没有成功的加载")
        return dg.SkipReason("加载如常")

    return overdue


def _on_its_way(instance: dg.DagsterInstance) -> bool:
    """Whether a run was launched that has not come to take the lock yet."""
    return bool(instance.get_run_ids(dg.RunsFilter(statuses=_ON_THEIR_WAY), limit=1))
