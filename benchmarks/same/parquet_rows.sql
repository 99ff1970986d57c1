-- The rows of Parquet files, each with the name of its file.
-- grain: row of a file; parameter: the paths of the files
select * exclude (filename), parse_filename(filename) as file
from read_parquet(
  ?, filename = true, union_by_name = true, hive_partitioning = true, hive_types_autocast = false
)
