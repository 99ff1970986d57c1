"""What the steps of a run share: the home, held by this run alone from its first step to its last.

Put here: resources. Keep out: assets, and what a resource's own room can do without Dagster.
"""

import logging
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg
from pydantic import PrivateAttr

from pipelines.ending import INTERRUPTED, LOAD_STEP, end, end_abandoned
from pipelines.pages.quality import read_standing
from pipelines.state.last_good import take_down_given
from pipelines.state.load_record import LoadRecord
from pipelines.state.lock import Locked, hold
from pipelines.state.open_load import LoadProgress, OpenLoad
from schemas.errors import XiangcangError, describe
from sources.county.references import References, hash_of_county
from sources.holding.home_states import home_states
from sources.holding.states import DeliveryStates
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from warehouse.database.store import Store
from warehouse.reports.quality.content import Standing

_log = logging.getLogger("xiangcang")


@dataclass(frozen=True)
class Snapshot:
    """What a run builds from: the receipts by its cut-off, and what they count for."""

    cut_off: datetime
    receipts: list[Receipt]
    states: DeliveryStates


class CountyHasChanged(XiangcangError):
    """A county's folder that is another than the code location was loaded with."""


class HeldHome(dg.ConfigurableResource[Any]):
    """Takes the load lock when the run begins and lets it go when the run ends, however it was started.

    root: XIANGCANG_HOME. county_hash: of the county's folder that the assets were defined by; a run of others is
    refused. wait_seconds: how long a run waits for another load before it fails.
    """

    root: str
    county_hash: str | None = None
    wait_seconds: float = 600
    _load: OpenLoad | None = PrivateAttr(default=None)
    _snapshot: Snapshot | None = PrivateAttr(default=None)
    _standing: Standing | None = PrivateAttr(default=None)

    @property
    def home(self) -> Home:
        return Home(Path(self.root))

    @property
    def store(self) -> Store:
        return Store(Path(self.root))

    @property
    def load(self) -> OpenLoad:
        """The load that this run is."""
        if self._load is None:
            raise RuntimeError("a home is held only while a run goes on")
        return self._load

    def snapshot(self, references: References) -> Snapshot:
        """Read receipts and decisions as they stand; once in a run, when its receiving has ended."""
        if self._snapshot is None:
            cut_off = datetime.now(SHANGHAI)
            receipts = read_receipts(self.home)
            # what is there has arrived, whatever the clock showed
            known_by = max([cut_off, *(receipt.received_at for receipt in receipts)])
            states = home_states(self.home, references, receipts, known_by)
            self._snapshot = Snapshot(cut_off, receipts, states)
        return self._snapshot

    def standing(self) -> Standing:
        """Read what the published version says; once in a run, when it has built."""
        if self._standing is None:
            self._standing = read_standing(Path(self.root))
        return self._standing

    @contextmanager
    def step(self, context: dg.AssetExecutionContext) -> Iterator[OpenLoad]:
        """Append to the load how this step ends: every step does its work within."""
        try:
            yield self.load
        except GeneratorExit:
            raise
        except BaseException as error:
            self.load.fail(_first_cause(error))
            raise
        self.load.end_step(context.op_execution_context.op_handle.name)

    def end(self, context: dg.AssetExecutionContext) -> LoadRecord:
        """End the load, as its last step does."""
        try:
            return end(context.instance, Path(self.root), self.load)
        except Exception as error:
            self.load.fail(_first_cause(error))
            raise

    def _check_county(self) -> None:
        """Refuse a run whose assets were defined by another county's folder. Raises CountyHasChanged."""
        if self.county_hash is not None and hash_of_county(self.home.county) != self.county_hash:
            raise CountyHasChanged(
                "区县资料在界面载入之后有改动；请在界面的 Deployment 中重新载入（Reload）后再运行"
            )

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["HeldHome"]:
        """Hold the home while the run goes on.

        A run that is to end its load but did not come to it was interrupted; that, and a run of other steps
        alone, is ended here.
        """
        if context.run is None or context.instance is None:
            raise RuntimeError("the home is held by a run; there is none here")
        instance, root = context.instance, Path(self.root)
        load = OpenLoad(root, _begin(context.run))
        try:
            load.give(take_down_given(root))
        except Exception as error:
            load.fail(describe(error) if isinstance(error, OSError) else _first_cause(error))
            end(instance, root, load)
            raise
        try:
            with hold(root, context.run.run_id, wait_seconds=self.wait_seconds) as abandoned_run_id:
                if abandoned_run_id:
                    end_abandoned(instance, root, abandoned_run_id)
                self._check_county()
                self._load = load.begin()
                try:
                    yield self
                finally:
                    if load.is_open:
                        if LOAD_STEP in _planned_steps(instance, context.run):
                            load.fail(INTERRUPTED)
                        end(instance, root, load)
        except (Locked, CountyHasChanged) as refusal:
            load.fail(str(refusal))
            end(instance, root, load)
            raise


def _begin(run: dg.DagsterRun) -> LoadProgress:
    return LoadProgress(run_id=run.run_id, job=run.job_name, started_at=datetime.now(SHANGHAI))


def _planned_steps(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Sequence[str]:
    if run.execution_plan_snapshot_id is None:
        raise LookupError(f"run {run.run_id} has no plan")
    return instance.get_execution_plan_snapshot(run.execution_plan_snapshot_id).step_keys_to_execute


def _first_cause(error: BaseException) -> str:
    """Say why a step failed: in the words it was refused with, or of what all else followed from."""
    if isinstance(error, dg.Failure) and error.description:
        return error.description
    while error.__cause__ is not None and not isinstance(error, XiangcangError):
        error = error.__cause__
    if isinstance(error, dg.DagsterExecutionInterruptedError | KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, XiangcangError):
        return str(error)
    return "".join(traceback.format_exception_only(error)).strip()
