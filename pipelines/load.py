"""A load from the command line: one run of the `nightly` job, in the run history of its home."""

from pathlib import Path
from uuid import uuid4

import dagster as dg

from pipelines.definitions import definitions
from pipelines.disk_space import RESERVE_BYTES
from pipelines.ending import end_abandoned
from pipelines.schedules import SILENT
from pipelines.state.instance import run_history
from pipelines.state.last_good import take_down_given
from pipelines.state.load_record import LoadRecord, record_of
from pipelines.state.lock import COMMAND_WAIT_SECONDS, hold
from schemas.errors import XiangcangError
from sources.home.folders import Home
from sources.home.space import require_space


class NotRecorded(XiangcangError):
    """A run that ended and could not write how."""


def load(root: Path, *, settle_seconds: float, rebuild: bool = False) -> LoadRecord:
    """Receive, build, check and publish now. rebuild: make every table again.

    Raises Locked when another load does not end, TooLittleSpace or NotRecorded where it could not even be recorded.
    """
    run_id = str(uuid4())
    require_space(root, "加载", RESERVE_BYTES)
    Home(root).prepare()
    with (
        hold(root, run_id, wait_seconds=COMMAND_WAIT_SECONDS) as abandoned_run_id,
        run_history(root) as instance,
    ):
        if abandoned_run_id:
            end_abandoned(instance, root, abandoned_run_id)
        _run(root, instance, run_id, settle_seconds, rebuild)
        record = record_of(root, run_id)
        if record is None:
            raise NotRecorded(
                f"加载 {run_id} 结束而没有留下记录，多半是磁盘读写出错；原因见界面的运行历史，排除后再运行"
            )
        return record


def _run(root: Path, instance: dg.DagsterInstance, run_id: str, settle_seconds: float, rebuild: bool) -> None:
    try:
        defined = definitions(root)
    except XiangcangError:  # of the county's files: which of them is another than before
        take_down_given(root)
        raise
    defined.resolve_job_def("nightly").execute_in_process(
        run_config=SILENT
        | {
            "ops": {
                "intake": {"config": {"settle_seconds": settle_seconds}},
                "warehouse": {"config": {"rebuild": rebuild}},
            }
        },
        instance=instance,
        run_id=run_id,
        raise_on_error=False,
    )
