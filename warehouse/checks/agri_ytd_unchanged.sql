-- title: 年内累计数不应各家都与上一季分毫不差（多为误报了上一季的表）
-- table: fact_agri_processing
-- kind: plausibility
-- importance: normal
-- missing: skip_if_any
-- blocking: false
-- doubts: delivery
with compared as (
  select delivery_id, period, credit_code, sales_revenue_quarter_yuan as sales, output_value_quarter_yuan as output
  from fact_agri_processing
  where quarter > 1
    and @compared(sales_revenue_quarter_yuan, output_value_quarter_yuan)
    and sales_revenue_ytd_yuan > 0
)

select delivery_id, period, count(*) as enterprises
from compared
group by delivery_id, period
having count(*) >= 2 and sum(case when sales = 0 and output = 0 then 0 else 1 end) = 0
