-- What checks doubt and no steward has cleared.
-- grain: check x row x field; source: dq_doubt
select check_name, delivery_id, sheet_name, sheet_row, row_key, field, value
from dq_doubt
where not is_confirmed
order by check_name, delivery_id, sheet_name, sheet_row, field
