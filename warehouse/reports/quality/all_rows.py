"""Queries for all rows of which a page, or Dagster, shows the first."""

from pathlib import Path

from warehouse.database.templates import render_line

_FINDINGS = Path(__file__).with_name("findings.sql.j2")
_REJECTED_ROWS = Path(__file__).with_name("rejected_rows.sql.j2")


def findings_sql(*checks: str) -> str:
    """Write the query for the findings of checks, of each of which up to a thousand are kept."""
    return render_line(_FINDINGS, checks=checks)


def rejected_rows_sql(table: str, *rules: str) -> str:
    """Write the query for the rejected rows of a staged table. rules: only those that they reject."""
    return render_line(_REJECTED_ROWS, table=table, rules=rules)
