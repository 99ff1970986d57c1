-- title: 有效报送中所印的合计应等于各行相加之数
-- table: dq_control_total
-- kind: reconciliation
-- importance: normal
-- missing: never_skip
-- blocking: false
-- doubts: none
select t.delivery_id, d.period, t.sheet_name, t.field as fields, t.cell as cells, t.label, t.printed, t.computed
from dq_control_total as t
join dq_delivery as d on d.delivery_id = t.delivery_id
where d.is_in_force and not t.agrees
