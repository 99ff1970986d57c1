-- Numbers far off what they are compared with: slips of unit first, then those furthest off.
-- grain: field x row of a fact; sources: dq_outlier, dq_field_place
select
  o.fact_table, o.field, o.delivery_id, o.sheet_name,
  coalesce(p.cell, p.column_letters || o.sheet_row) as cell,
  o.reporter_code, o.period, o.value, o.basis, o.reference_value, o.ratio, o.adjusted_ratio,
  o.compared_values, o.slip
from dq_outlier as o
left join dq_field_place as p
  on p.delivery_id = o.delivery_id and p.sheet_name = o.sheet_name and p.sheet_block = o.sheet_block
  and p.field = o.field
order by o.slip is null, abs(ln(o.adjusted_ratio)) desc, o.delivery_id, o.sheet_name, o.sheet_row
