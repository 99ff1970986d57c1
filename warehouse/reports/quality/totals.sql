-- Control totals of the deliveries in force, those furthest off first.
-- grain: printed total; sources: dq_control_total, dq_delivery
select t.delivery_id, t.sheet_name, t.cell, t.field, t.label, t.printed, t.computed, t.agrees
from dq_control_total as t
inner join dq_delivery as d on d.delivery_id = t.delivery_id
where d.is_in_force
order by abs(t.printed - t.computed) desc, t.delivery_id, t.sheet_name, t.cell
