-- title: 月报的常住户数不应多于年报的同年户籍户数的一倍半
-- table: fact_living_environment
-- kind: reconciliation
-- importance: low
-- missing: skip_if_any
-- blocking: false
-- doubts: none
select
  e.delivery_id,
  e.sheet_name,
  e.sheet_block,
  e.sheet_row,
  'households' as fields,
  p.delivery_id as other_delivery_id,
  p.sheet_name as other_sheet_name,
  p.sheet_block as other_sheet_block,
  p.sheet_row as other_sheet_row,
  'registered_households' as other_fields,
  e.period,
  e.village_code,
  e.households,
  p.registered_households
from fact_living_environment as e
inner join fact_village_profile as p on p.village_code = e.village_code and p.year = e.year
where @compared(e.households, p.registered_households)
  and 2 * @known(e.households) > 3 * @known(p.registered_households)
