"""Checks as they are written: one SQL file a rule.

A file has seven header lines: title, table, kind, importance (which thresholds.toml turns into warnings and
errors), the strategy for missing values, whether an error blocks publication, and what a broken rule puts in doubt; an
eighth, `among`, where the rule is about some rows of the table only, of which those that break it are a share; then a
SELECT of the rows that break the rule. A comparison of values that may be missing is written with `@compared(a, b)`,
which is true of the rows to compare, and `@known(a)`, a value in them: both follow from the strategy in the header.

To be led back to its cells, a row has delivery_id, sheet_name, sheet_block, sheet_row and `fields`, the names
of the staged fields compared, `;` between; or delivery_id alone. See findings.py.
"""

from itertools import zip_longest
from typing import get_args

from schemas.balance import Missing
from schemas.catalogue import Catalogue
from schemas.check_result import Kind
from schemas.thresholds import Importance
from warehouse.checks.missing import missing_macros
from warehouse.checks.table_check import Doubts, TableCheck
from warehouse.database.macros import county_macros, expand

_HEADER = ("title", "table", "kind", "importance", "missing", "blocking", "doubts")
_ALLOWED_VALUES: dict[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "importance": get_args(Importance),
    "missing": get_args(Missing),
    "blocking": ("true", "false"),
    "doubts": get_args(Doubts),
}
_AMONG = "-- among: "


def read_check(catalogue: Catalogue, name: str, text: str) -> TableCheck:
    """Read a check from the text of its file. Raises ValueError for a wrong header, or a check that can never block."""
    lines = text.splitlines()
    header: dict[str, str] = {}
    for key, line in zip_longest(_HEADER, lines[: len(_HEADER)], fillvalue=""):
        prefix = f"-- {key}: "
        if not line.startswith(prefix) or not line.removeprefix(prefix).strip():
            raise ValueError(f"{name}: line {len(header) + 1} must be “{prefix}…”, not {line!r}")
        header[key] = line.removeprefix(prefix).strip()
    for key, allowed in {"table": tuple(catalogue.built), **_ALLOWED_VALUES}.items():
        if header[key] not in allowed:
            raise ValueError(f"{name}: {key} must be one of {', '.join(allowed)}, not {header[key]!r}")
    body = lines[len(_HEADER) :]
    among = body.pop(0).removeprefix(_AMONG) if body and body[0].startswith(_AMONG) else ""
    missing: Missing = header["missing"]  # type: ignore[assignment]  # allowed values are checked above
    check = TableCheck(
        name=name,
        table=header["table"],
        kind=header["kind"],  # type: ignore[arg-type]
        title=header["title"],
        importance=header["importance"],  # type: ignore[arg-type]
        missing=missing,
        blocking=header["blocking"] == "true",
        doubts=header["doubts"],  # type: ignore[arg-type]
        sql=expand("\n".join(body), missing_macros(missing) | county_macros(catalogue.county)),
        among=among,
    )
    if check.blocking and catalogue.thresholds.threshold_of(check.name, check.importance).error is None:
        raise ValueError(f"{name}: what never is an error does not block; raise its importance")
    return check
