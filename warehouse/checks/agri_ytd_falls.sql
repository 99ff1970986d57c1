-- title: 年内累计数不应比上一季减少
-- table: fact_agri_processing
-- kind: plausibility
-- importance: normal
-- missing: skip_if_all
-- blocking: false
select
  delivery_id,
  sheet_name,
  sheet_block,
  sheet_row,
  case
    when @known(output_value_quarter_yuan) >= 0 then 'sales_revenue_ytd_yuan'
    when @known(sales_revenue_quarter_yuan) >= 0 then 'output_value_ytd_yuan'
    else 'sales_revenue_ytd_yuan;output_value_ytd_yuan'
  end as fields,
  credit_code,
  period,
  sales_revenue_quarter_yuan,
  output_value_quarter_yuan
from fact_agri_processing
where @compared(sales_revenue_quarter_yuan, output_value_quarter_yuan)
  and (@known(sales_revenue_quarter_yuan) < 0 or @known(output_value_quarter_yuan) < 0)
