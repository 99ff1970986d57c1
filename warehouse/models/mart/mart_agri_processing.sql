-- Agricultural processing of a year by township and cluster, beside the same quarter of the year before.
-- grain, key: year x township_code x cluster; sources: fact_agri_processing, dim_division
-- A township's year is its fourth quarter, else the latest quarter that it reported (provisional). A cluster
-- that a township reported only the year before has a row with nothing this year. Matched enterprises are those
-- that reported in both years, counted under this year's township and cluster.
with latest as (
  select year, township_code, max(quarter) as quarter
  from fact_agri_processing
  group by year, township_code
),

this_year as (
  select f.*
  from fact_agri_processing as f
  inner join latest as l on l.year = f.year and l.township_code = f.township_code and l.quarter = f.quarter
),

measure as (
  select
    t.year,
    t.township_code,
    t.quarter,
    t.cluster,
    t.sales_revenue_ytd_yuan as sales,
    t.output_value_ytd_yuan as output,
    cast(null as decimal(18,2)) as previous_sales,
    cast(null as decimal(18,2)) as previous_output,
    1 as enterprise,
    case when p.credit_code is not null then 1 else 0 end as matched,
    case when p.credit_code is not null then t.sales_revenue_ytd_yuan end as matched_sales,
    case when p.credit_code is not null then t.output_value_ytd_yuan end as matched_output,
    p.sales_revenue_ytd_yuan as matched_previous_sales,
    p.output_value_ytd_yuan as matched_previous_output
  from this_year as t
  left join fact_agri_processing as p
    on p.credit_code = t.credit_code and p.year = t.year - 1 and p.quarter = t.quarter
  union all
  select
    l.year,
    l.township_code,
    l.quarter,
    p.cluster,
    cast(0 as decimal(18,2)) as sales,
    cast(0 as decimal(18,2)) as output,
    p.sales_revenue_ytd_yuan as previous_sales,
    p.output_value_ytd_yuan as previous_output,
    0 as enterprise,
    0 as matched,
    cast(null as decimal(18,2)) as matched_sales,
    cast(null as decimal(18,2)) as matched_output,
    cast(null as decimal(18,2)) as matched_previous_sales,
    cast(null as decimal(18,2)) as matched_previous_output
  from latest as l
  inner join fact_agri_processing as p
    on p.year = l.year - 1 and p.township_code = l.township_code and p.quarter = l.quarter
),

total as (
  select
    year,
    township_code,
    quarter,
    cluster,
    cast(sum(enterprise) as bigint) as enterprises,
    cast(sum(sales) as decimal(18,2)) as sales,
    cast(sum(output) as decimal(18,2)) as output,
    cast(sum(previous_sales) as decimal(18,2)) as previous_sales,
    cast(sum(previous_output) as decimal(18,2)) as previous_output,
    cast(sum(matched) as bigint) as matched_enterprises,
    cast(sum(matched_sales) as decimal(18,2)) as matched_sales,
    cast(sum(matched_output) as decimal(18,2)) as matched_output,
    cast(sum(matched_previous_sales) as decimal(18,2)) as matched_previous_sales,
    cast(sum(matched_previous_output) as decimal(18,2)) as matched_previous_output
  from measure
  group by year, township_code, quarter, cluster
)

select
  t.year,
  t.township_code,
  coalesce(d.canonical_name, '未知') as township_name,
  t.cluster,
  t.quarter,
  case when t.quarter = 4 then 'final' else 'provisional' end as status,
  t.enterprises,
  t.sales as sales_revenue_yuan,
  t.output as output_value_yuan,
  t.previous_sales as previous_sales_revenue_yuan,
  t.previous_output as previous_output_value_yuan,
  @change_pct(t.sales, t.previous_sales) as sales_revenue_yoy_pct,
  @change_pct(t.output, t.previous_output) as output_value_yoy_pct,
  t.matched_enterprises,
  t.matched_sales as matched_sales_revenue_yuan,
  t.matched_previous_sales as matched_previous_sales_revenue_yuan,
  @change_pct(t.matched_sales, t.matched_previous_sales) as matched_sales_revenue_yoy_pct,
  t.matched_output as matched_output_value_yuan,
  t.matched_previous_output as matched_previous_output_value_yuan,
  @change_pct(t.matched_output, t.matched_previous_output) as matched_output_value_yoy_pct
from total as t
left join dim_division as d on d.division_code = t.township_code and d.lookup_to = date '9999-12-31'
