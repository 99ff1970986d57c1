-- What checks doubt, and whether a steward has cleared it.
-- grain: check x row x field; source: dq_doubt
select check_name, delivery_id, sheet_name, sheet_row, row_key, field, value, is_confirmed
from dq_doubt
order by check_name, delivery_id, sheet_name, sheet_row, field
