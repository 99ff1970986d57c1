-- title: 年内累计数不应比上一季减少
-- table: fact_agri_processing
-- kind: plausibility
-- importance: normal
-- missing: skip_if_all
-- blocking: false
-- doubts: both
select
  t.delivery_id,
  t.sheet_name,
  t.sheet_block,
  t.sheet_row,
  case
    when @known(t.output_value_quarter_yuan) >= 0 then 'sales_revenue_ytd_yuan'
    when @known(t.sales_revenue_quarter_yuan) >= 0 then 'output_value_ytd_yuan'
    else 'sales_revenue_ytd_yuan;output_value_ytd_yuan'
  end as fields,
  p.delivery_id as other_delivery_id,
  p.sheet_name as other_sheet_name,
  p.sheet_block as other_sheet_block,
  p.sheet_row as other_sheet_row,
  t.credit_code,
  t.period,
  t.sales_revenue_quarter_yuan,
  t.output_value_quarter_yuan
from fact_agri_processing as t
left join fact_agri_processing as p
  on p.credit_code = t.credit_code and p.year = t.year and p.quarter = t.quarter - 1
where @compared(t.sales_revenue_quarter_yuan, t.output_value_quarter_yuan)
  and (@known(t.sales_revenue_quarter_yuan) < 0 or @known(t.output_value_quarter_yuan) < 0)
