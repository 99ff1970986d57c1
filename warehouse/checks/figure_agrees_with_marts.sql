-- title: 指标数应等于各汇总表另行算得的数
-- table: mart_figure
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
-- The mart begins with the first day of cumulated lending. A ledger also has grants of months without a delivery of their own: those months have no figure.
with figures as (
  select indicator_code, division_code, period, value
  from mart_figure
  where indicator_code in ('agri_processing_sales_revenue', 'agri_processing_output_value')
    and period_grain = 'year' and division_level in ('town', 'township')
  union all
  select indicator_code, division_code, period, value
  from mart_figure
  where indicator_code = 'farm_loan_disbursed' and period_grain = 'month'
    and division_level in ('town', 'township') and value <> 0
    and period >= substr(cast(@loan_cumulative_start() as string), 1, 7)
),

processing as (
  select
    township_code,
    cast(year as string) as period,
    sum(sales_revenue_yuan) as sales,
    sum(output_value_yuan) as output
  from mart_agri_processing
  group by township_code, year
),

delivered_months as (
  select distinct period
  from dim_delivery_period
  where staged_table in ('loan_note', 'loan_transaction') and year_role = 'current'
),

loans as (
  select township_code, month_label as period, sum(farm_amount_yuan) as amount
  from mart_loan_disbursement
  where township_code <> 'unknown' and month_label in (select period from delivered_months)
  group by township_code, month_label
  having sum(farm_amount_yuan) <> 0
),

mart_values as (
  select 'agri_processing_sales_revenue' as indicator_code, township_code as division_code, period, sales as value
  from processing
  union all
  select 'agri_processing_output_value', township_code, period, output
  from processing
  union all
  select 'farm_loan_disbursed', township_code, period, amount
  from loans
)

select
  coalesce(f.indicator_code, m.indicator_code) as indicator_code,
  coalesce(f.division_code, m.division_code) as division_code,
  coalesce(f.period, m.period) as period,
  f.value as figure_value,
  m.value as mart_value
from figures as f
full join mart_values as m
  on m.indicator_code = f.indicator_code and m.division_code = f.division_code and m.period = f.period
where f.value is distinct from m.value
