-- title: 有效报送应合于表上自己所印的平衡、审核关系
-- table: dq_printed_rule
-- kind: reconciliation
-- importance: normal
-- missing: never_skip
-- blocking: false
-- doubts: none
select
  v.delivery_id,
  v.sheet_name,
  v.cell as cells,
  d.period,
  v.rule_cell,
  v.rule,
  v.left_value,
  v.right_value
from dq_printed_rule_violation as v
inner join dq_delivery as d on d.delivery_id = v.delivery_id
where d.is_in_force
