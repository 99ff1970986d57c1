-- title: 农产品加工事实表的各期各单位行数与金额应等于已接收的填报
-- table: fact_agri_processing
-- kind: reconciliation
-- severity: error
-- blocking: true
with staged as (
  select delivery_id, count(*) as rows, sum(sales_revenue_ytd_yuan) as sales, sum(output_value_ytd_yuan) as output
  from staged_agri_processing
  group by delivery_id
),

built as (
  select delivery_id, count(*) as rows, sum(sales_revenue_ytd_yuan) as sales, sum(output_value_ytd_yuan) as output
  from fact_agri_processing
  group by delivery_id
)

select coalesce(s.delivery_id, b.delivery_id) as delivery_id, s.rows as staged_rows, b.rows as built_rows
from staged as s
full join built as b on b.delivery_id = s.delivery_id
where s.rows is distinct from b.rows or s.sales is distinct from b.sales or s.output is distinct from b.output
