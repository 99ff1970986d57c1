"""What the steps of a run share: the home, held by this run alone from its first step to its last."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from pipelines.ending import end, end_abandoned
from pipelines.state.lock import Locked, hold
from sources.home.folders import Home
from warehouse.database.store import Store


class HeldHome(dg.ConfigurableResource):
    """Takes the load lock when the run begins and lets it go when the run ends, however it was started, with
    what the end of a run calls for.

    root: XIANGCANG_HOME. wait_seconds: how long a run waits for another load before it fails.
    """

    root: str
    wait_seconds: float = 600

    @property
    def home(self) -> Home:
        return Home(Path(self.root))

    @property
    def store(self) -> Store:
        return Store(Path(self.root))

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["HeldHome"]:
        if context.run is None or context.instance is None:
            raise RuntimeError("the home is held by a run; there is none here")
        instance, root, run_id = context.instance, Path(self.root), context.run.run_id
        try:
            with hold(root, run_id, wait_seconds=self.wait_seconds) as abandoned_run_id:
                if abandoned_run_id:
                    end_abandoned(instance, root, abandoned_run_id)
                try:
                    yield self
                finally:
                    end(instance, root, run_id)
        except Locked as refusal:
            end(instance, root, run_id, refusal=str(refusal))
            raise
