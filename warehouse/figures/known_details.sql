-- The details of figures' rows that a published version knows; one from before there were any does not.
-- grain, key: details; sources: the catalogue of the file
select 'corrections' as details
union all
select 'decisions' from duckdb_columns() where table_name = 'dq_delivery' and column_name = 'decision'
union all
select 'answers' from duckdb_tables() where table_name = 'dq_answer'
union all
select unnest(['missing', 'doubts']) from duckdb_tables() where table_name = 'dq_doubt'
