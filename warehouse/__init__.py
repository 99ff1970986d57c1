"""What is kept: a DuckDB warehouse built from staged rows, checked, published, and read back as reports.

Put here: SQL models, table checks, the build and its publication, figures with their trace, reports.
Keep out: reading of deliveries (`sources`), definitions of tables and rules (`schemas`), Dagster, the CLI.
"""
