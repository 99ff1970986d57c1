-- The names of a published file: its tables and views, and their columns, each with its Chinese title.
-- grain, key: table_name x column_name, which is null for the table itself; sources: DuckDB's catalogue
select table_name, null as column_name, split_part(comment, '：', 1) as title
from duckdb_tables()
where not internal
union all
select view_name, null as column_name, split_part(comment, '：', 1) as title
from duckdb_views()
where not internal
union all
select table_name, column_name, split_part(comment, '：', 1) as title
from duckdb_columns()
where not internal
order by all
