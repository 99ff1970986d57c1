-- Rules that the sheets in force print themselves, with the rows that break them.
-- grain: printed rule x row that breaks it; sources: dq_printed_rule, dq_delivery, dq_printed_rule_violation
select
  p.delivery_id, p.sheet_name, p.cell as rule_cell, p.rule, p.is_understood, p.evaluated_records,
  v.cell, v.left_value, v.right_value
from dq_printed_rule as p
inner join dq_delivery as d on d.delivery_id = p.delivery_id
left join dq_printed_rule_violation as v
  on v.delivery_id = p.delivery_id and v.sheet_name = p.sheet_name and v.rule_cell = p.cell and v.rule = p.rule
where d.is_in_force
order by p.delivery_id, p.sheet_name, p.cell, p.rule, v.cell
