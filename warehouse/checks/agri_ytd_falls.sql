-- title: 年内累计数不应比上一季减少
-- table: fact_agri_processing
-- kind: plausibility
-- severity: warn
-- blocking: false
select credit_code, period, sales_revenue_quarter_yuan, output_value_quarter_yuan
from fact_agri_processing
where sales_revenue_quarter_yuan < 0 or output_value_quarter_yuan < 0
