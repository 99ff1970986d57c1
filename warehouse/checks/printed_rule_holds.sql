-- title: 有效报送应合于表上自己所印的平衡、审核关系
-- table: dq_printed_rule
-- kind: reconciliation
-- importance: normal
-- missing: never_skip
-- blocking: false
select r.delivery_id, r.sheet_name, r.cell as cells, r.rule, r.violations
from dq_printed_rule as r
join dq_delivery as d on d.delivery_id = r.delivery_id
where d.is_in_force and r.violations > 0
