-- title: 指标数应等于各汇总表另行算得的数
-- table: mart_figure
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
-- A ledger tells of grants in months of which nothing was delivered: they have no figure.
with told as (
  select indicator_code, division_code, period, value
  from mart_figure
  where indicator_code in ('agri_processing_sales_revenue', 'agri_processing_output_value')
    and period_grain = 'year' and division_level in ('town', 'township')
  union all
  select indicator_code, division_code, period, value
  from mart_figure
  where indicator_code = 'farm_loan_disbursed' and period_grain = 'month' and division_level in ('town', 'township')
    and value <> 0
),

processing as (
  select township_code, cast(year as string) as period, sum(sales_revenue_yuan) as sales, sum(output_value_yuan) as output
  from mart_agri_processing
  group by township_code, year
),

delivered as (
  select distinct period
  from dim_delivery_period
  where staged_table in ('loan_note', 'loan_transaction') and year_role = 'current'
),

lent as (
  select township_code, month_label as period, sum(farm_amount_yuan) as amount
  from mart_loan_disbursement
  where township_code <> 'unknown' and month_label in (select period from delivered)
  group by township_code, month_label
  having sum(farm_amount_yuan) <> 0
),

added as (
  select 'agri_processing_sales_revenue' as indicator_code, township_code as division_code, period, sales as value
  from processing
  union all
  select 'agri_processing_output_value', township_code, period, output
  from processing
  union all
  select 'farm_loan_disbursed', township_code, period, amount
  from lent
)

select
  coalesce(t.indicator_code, a.indicator_code) as indicator_code,
  coalesce(t.division_code, a.division_code) as division_code,
  coalesce(t.period, a.period) as period,
  t.value as figure_value,
  a.value as mart_value
from told as t
full join added as a
  on a.indicator_code = t.indicator_code and a.division_code = t.division_code and a.period = t.period
where t.value is distinct from a.value
