-- title: 农产品加工年度汇总应等于所用季度的明细之和
-- table: mart_agri_processing
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
with mart_totals as (
  select year, township_code, quarter, sum(sales_revenue_yuan) as sales, sum(output_value_yuan) as output
  from mart_agri_processing
  group by year, township_code, quarter
),

fact_totals as (
  select year, township_code, quarter, sum(sales_revenue_ytd_yuan) as sales, sum(output_value_ytd_yuan) as output
  from fact_agri_processing
  group by year, township_code, quarter
  qualify quarter = max(quarter) over (partition by year, township_code)
)

select
  coalesce(m.year, f.year) as year,
  coalesce(m.township_code, f.township_code) as township_code,
  m.sales as mart_sales,
  f.sales as fact_sales
from mart_totals as m
full join fact_totals as f
  on f.year = m.year and f.township_code = m.township_code and f.quarter = m.quarter
where m.sales is distinct from f.sales or m.output is distinct from f.output
