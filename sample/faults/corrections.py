"""Corrections of the sample's home: the cells that slips spoilt, with the values that were meant."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from sample.district.sent import SentDelivery, SentFile
from sample.files.grid import PrintedPlace

PATH = "corrections/sample.toml"

SampleCorrection = dict[str, str]
"""The keys of a correction and their texts; `when` is an ISO date."""


def make_corrections(
    file: SentFile, delivery: SentDelivery, places: Sequence[PrintedPlace]
) -> list[SampleCorrection]:
    """Make one correction for each slip of a delivery; places: those of its records."""
    return [
        {
            "id": f"示例-{delivery.reporter.name}-{delivery.period}-{places[record].cells[field]}",
            "table": delivery.table,
            "reporter": delivery.reporter.code,
            "period": delivery.period,
            "sheet": places[record].sheet,
            "cell": places[record].cells[field],
            "field": field,
            "expect": str(written),
            "value": str(delivery.records[record][field]),
            "who": "示例区数据管理员",
            "when": (file.arrival + timedelta(days=1)).date().isoformat(),
            "why": "多打一个零，与所印合计不合；电话向填报单位核实",
            "status": "in_force",
        }
        for record, slip in delivery.slips.items()
        for field, written in slip.items()
    ]


def write_corrections(home: Path, corrections: Iterable[SampleCorrection]) -> None:
    """Write the corrections, as TOML, to the home's file of the sample's corrections."""
    path = home / PATH
    path.parent.mkdir(exist_ok=True, mode=0o700)
    entries = [
        "\n".join(["[[correction]]", *map(_format_entry, correction.items())]) for correction in corrections
    ]
    path.write_text("\n\n".join(["# 合成示例数据", *entries]) + "\n", "utf-8")


def _format_entry(entry: tuple[str, str]) -> str:
    name, text = entry
    return f"{name} = {text}" if name == "when" else f'{name} = "{text}"'
