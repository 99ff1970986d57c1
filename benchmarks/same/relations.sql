-- The tables and views of a database, with their comments.
-- grain: relation; parameter: database
select table_name, 'table', comment
from duckdb_tables()
where database_name = $1 and not internal
union all
select view_name, 'view', comment
from duckdb_views()
where database_name = $1 and not internal
