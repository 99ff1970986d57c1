-- What checks doubt of one row in the published version.
-- grain: check x field; source: dq_doubt; parameter: the key of the row
select check_name, field, value
from dq_doubt
where row_key = ?
order by check_name, field
