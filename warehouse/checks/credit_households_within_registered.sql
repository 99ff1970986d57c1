-- title: 银行所报的建档户数不应多于乡镇所报的同年户籍户数
-- table: fact_village_credit
-- kind: reconciliation
-- importance: normal
-- missing: skip_if_any
-- blocking: false
-- doubts: fields
select
  c.delivery_id,
  c.sheet_name,
  c.sheet_block,
  c.sheet_row,
  'filed_households' as fields,
  p.delivery_id as other_delivery_id,
  p.sheet_name as other_sheet_name,
  p.sheet_block as other_sheet_block,
  p.sheet_row as other_sheet_row,
  'registered_households' as other_fields,
  c.period,
  c.village_code,
  c.filed_households,
  p.registered_households
from fact_village_credit as c
inner join fact_village_profile as p on p.village_code = c.village_code and p.year = c.year
where @compared(c.filed_households, p.registered_households)
  and @known(c.filed_households) > @known(p.registered_households)
