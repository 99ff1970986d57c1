"""The load itself as an asset: how it ended, over time; made by the last step of every run.

Put here: the step that ends a load. Keep out: what it does to end it, see `pipelines.ending`.
"""

import dagster as dg

from pipelines.assets.groups import PUBLISHING
from pipelines.assets.resources import HeldHome
from pipelines.ending import LOAD_STEP
from pipelines.state.addresses import quality_address
from pipelines.state.load_record import STATES

_LAST = {"dagster/priority": "-1"}
"""A step without upstream can always run; the executor takes those of higher priority first, also after a failure."""


@dg.asset(
    key=LOAD_STEP,
    group_name=PUBLISHING,
    kinds={"json", "html"},
    owners=["team:数据管理员"],
    description="加载：每次运行的最后一步，写下本次加载的记录和质量页，有事发警报；前面的步骤出错也会执行",
    metadata={"quality": dg.MetadataValue.url(quality_address())},
    op_tags=_LAST,
)
def load(context: dg.AssetExecutionContext, held: HeldHome) -> dg.MaterializeResult[None]:
    """End the load and show how it ended."""
    record = held.end(context)
    return dg.MaterializeResult(
        metadata={
            "state": STATES[record.state],
            "version": record.version or "尚无",
            **{f"checks_{outcome}": count for outcome, count in record.checks.items()},
            **{f"deliveries_{outcome}": count for outcome, count in record.deliveries.items()},
            **({"error": record.error} if record.error else {}),
        }
    )
