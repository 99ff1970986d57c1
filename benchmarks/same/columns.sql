-- The columns of a database: place, type, nullability, default and comment.
-- grain: relation x column; parameter: database
select table_name, column_name, column_index, data_type, is_nullable, column_default, comment
from duckdb_columns()
where database_name = ? and not internal
order by table_name, column_index
