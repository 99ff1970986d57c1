-- The constraints of the tables of a database.
-- grain: constraint; parameter: database
select table_name, constraint_text, constraint_column_names
from duckdb_constraints()
where database_name = ?
order by all
