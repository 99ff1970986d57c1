"""The newest whole run in a home's run history: its assets, their recorded values, and the results of checks.

Put here what reads Dagster's files. They are copied first, and opened with Dagster's own storage instead of
the project's, so that no code of the project is needed and nothing in the home changes.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from benchmarks.same.clock import Neutral, neutral_for
from benchmarks.same.comparison import Comparison
from benchmarks.same.left_out import RUN_METADATA

_WHOLE_RUN = "nightly"
_Type = dg.DagsterEventType
_READ = {
    _Type.ASSET_CHECK_EVALUATION, _Type.ASSET_CHECK_EVALUATION_PLANNED, _Type.ASSET_MATERIALIZATION,
    _Type.ASSET_MATERIALIZATION_PLANNED, _Type.ASSET_OBSERVATION,
}  # fmt: skip

Facts = dict[str, dict[str, str]]
"""Recorded values by asset or check, and by their name."""


def compare_runs(comparison: Comparison, home_a: Path, home_b: Path) -> None:
    """Compare the newest whole runs of two homes: asset keys, check names, results and recorded values."""
    facts_a, facts_b = read_run(home_a), read_run(home_b)
    for kind in ("asset", "check"):
        named_a, named_b = facts_a[kind], facts_b[kind]
        for name in comparison.compare_names(kind, "in the newest whole run", named_a, named_b):
            comparison.compare_values(kind, name, named_a[name], named_b[name])


def read_run(home: Path) -> dict[str, Facts]:
    """Read the records of a home's newest whole run, of assets and of checks; empty where there is none."""
    facts: dict[str, Facts] = {"asset": {}, "check": {}}
    if not (home / "dagster" / "history" / "runs.db").exists():
        return facts
    neutral = neutral_for(home)
    with _instance_of(home) as instance:
        runs = instance.get_runs(dg.RunsFilter(job_name=_WHOLE_RUN), limit=1)
        for entry in instance.all_logs(runs[0].run_id, of_type=_READ) if runs else ():
            if entry.dagster_event is not None:
                _add_event(facts, entry.dagster_event, neutral)
    return facts


@contextmanager
def _instance_of(home: Path) -> Iterator[dg.DagsterInstance]:
    """Open Dagster's instance on a copy of a home's run history."""
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(home / "dagster" / "history", Path(scratch, "history"))
        settings = {"telemetry": {"enabled": False}, "storage": {"sqlite": {"base_dir": scratch}}}
        Path(scratch, "dagster.yaml").write_text(json.dumps(settings), "utf-8")
        with dg.DagsterInstance.from_config(scratch) as instance:
            yield instance


def _add_event(facts: dict[str, Facts], event: dg.DagsterEvent, neutral: Neutral) -> None:
    """Add the records of one event."""
    match event.event_type:
        case _Type.ASSET_CHECK_EVALUATION:
            _add_check(facts["check"], event.asset_check_evaluation_data, neutral)
        case _Type.ASSET_CHECK_EVALUATION_PLANNED:
            planned = event.asset_check_planned_data
            facts["check"].setdefault(_check_name(planned.asset_key, planned.check_name), {})["planned"] = (
                "True"
            )
        case _Type.ASSET_MATERIALIZATION:
            made = event.step_materialization_data.materialization
            recorded = _describe_metadata(made.metadata, neutral) | {
                "materialized": "True",
                "description": str(made.description),
            }
            facts["asset"].setdefault(made.asset_key.to_user_string(), {}).update(recorded)
        case _Type.ASSET_OBSERVATION:
            seen = event.asset_observation_data.asset_observation
            recorded = _describe_metadata(seen.metadata, neutral) | {"observed": "True"}
            facts["asset"].setdefault(seen.asset_key.to_user_string(), {}).update(recorded)
        case _ if event.asset_key:
            facts["asset"].setdefault(event.asset_key.to_user_string(), {})["planned"] = "True"


def _add_check(facts: Facts, result: dg.AssetCheckEvaluation, neutral: Neutral) -> None:
    name = _check_name(result.asset_key, result.check_name)
    facts.setdefault(name, {}).update(
        {
            "passed": str(result.passed),
            "severity": result.severity.value,
            "blocking": str(result.blocking),
            "description": str(result.description),
            **_describe_metadata(result.metadata, neutral),
        }
    )


def _check_name(asset_key: dg.AssetKey, check: str) -> str:
    return f"{asset_key.to_user_string()} {check}"


def _describe_metadata(metadata: Mapping[str, dg.MetadataValue], neutral: Neutral) -> dict[str, str]:
    """Write recorded values as text, with their kind."""
    return {
        f"metadata {name}": neutral(f"{type(value).__name__} {value.value}")
        for name, value in metadata.items()
        if name not in RUN_METADATA
    }
