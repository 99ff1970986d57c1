"""The DuckDB engine and the files of a home: connections, SQL macros, table comments, queries, paths.

Put here: what knows DuckDB, or where the warehouse's files lie, and nothing of what the tables mean.
Keep out: single tables, checks, figures and reports; this room imports no other room of `warehouse`.
"""
