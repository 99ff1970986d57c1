-- title: 农产品加工年度汇总应等于所用季度的明细之和
-- table: mart_agri_processing
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
with added as (
  select year, township_code, quarter, sum(sales_revenue_yuan) as sales, sum(output_value_yuan) as output
  from mart_agri_processing
  group by year, township_code, quarter
),

detail as (
  select year, township_code, quarter, sum(sales_revenue_ytd_yuan) as sales, sum(output_value_ytd_yuan) as output
  from fact_agri_processing
  group by year, township_code, quarter
  qualify quarter = max(quarter) over (partition by year, township_code)
)

select
  coalesce(a.year, d.year) as year,
  coalesce(a.township_code, d.township_code) as township_code,
  a.sales as mart_sales,
  d.sales as fact_sales
from added as a
full join detail as d on d.year = a.year and d.township_code = a.township_code and d.quarter = a.quarter
where a.sales is distinct from d.sales or a.output is distinct from d.output
