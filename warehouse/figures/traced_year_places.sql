-- Where the fields of some deliveries lie: a column, or a single cell; and the unit that they are in.
-- grain, key: delivery_id x sheet_name x sheet_block x field; source: dq_field_place
-- parameters: delivery_ids
select delivery_id, sheet_name, sheet_block, field, column_letters, cell, unit_scale
from dq_field_place
where delivery_id in (select unnest($delivery_ids::varchar[]))
