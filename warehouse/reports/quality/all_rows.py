"""Queries for all rows of which a page, or Dagster, shows the first."""

from pathlib import Path

from warehouse.database.templates import render_line

_FINDINGS = Path(__file__).with_name("findings.sql.j2")
_REJECTED_ROWS = Path(__file__).with_name("rejected_rows.sql.j2")


def findings_sql(check_name: str) -> str:
    """Write the query for the findings of a check, of which up to a thousand are kept."""
    return render_line(_FINDINGS, check_name=check_name)


def rejected_rows_sql(table: str, rule: str | None = None) -> str:
    """Write the query for the rejected rows of a staged table. rule: only those that it rejects."""
    return render_line(_REJECTED_ROWS, table=table, rule=rule)
