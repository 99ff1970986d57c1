-- title: 党员的季初积分应等于上季季末积分
-- table: fact_member_points
-- kind: reconciliation
-- importance: normal
-- missing: skip_if_any
-- blocking: false
-- doubts: fields
select
  t.delivery_id,
  t.sheet_name,
  t.sheet_block,
  t.sheet_row,
  'opening_points' as fields,
  p.delivery_id as other_delivery_id,
  p.sheet_name as other_sheet_name,
  p.sheet_block as other_sheet_block,
  p.sheet_row as other_sheet_row,
  'closing_points' as other_fields,
  t.period,
  p.closing_points as previous_closing_points,
  t.opening_points
from fact_member_points as t
inner join fact_member_points as p
  on p.member_key = t.member_key and p.year = t.year and p.quarter = t.quarter - 1
where @compared(t.opening_points, p.closing_points) and @known(t.opening_points) <> @known(p.closing_points)
