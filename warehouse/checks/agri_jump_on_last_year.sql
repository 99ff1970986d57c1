-- title: 企业的累计数与上年同季相比不应超过十倍或不足十分之一（多为计量单位有误）
-- table: fact_agri_processing
-- kind: plausibility
-- importance: low
-- missing: never_skip
-- blocking: false
select t.credit_code, t.period, p.sales_revenue_ytd_yuan as previous_yuan, t.sales_revenue_ytd_yuan as current_yuan
from fact_agri_processing as t
join fact_agri_processing as p
  on p.credit_code = t.credit_code and p.year = t.year - 1 and p.quarter = t.quarter
where t.sales_revenue_ytd_yuan > 10 * p.sales_revenue_ytd_yuan
  or p.sales_revenue_ytd_yuan > 10 * t.sales_revenue_ytd_yuan
  or t.output_value_ytd_yuan > 10 * p.output_value_ytd_yuan
  or p.output_value_ytd_yuan > 10 * t.output_value_ytd_yuan
