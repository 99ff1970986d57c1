-- 问题: 哪些企业的年内累计数下降，或者缺报了某一季？
-- 答法: 累计数从 1 月算起，比上一次填报还小的多为错报或更正，应退企业核对。缺报是企业当年有填报、而该季没有；
-- 年中才有的新企业也会列出，不是漏报。
with in_order as (
  select
    *,
    lag(sales_revenue_ytd_yuan) over quarters as previous_sales_yuan,
    lag(output_value_ytd_yuan) over quarters as previous_output_yuan
  from fact_agri_processing
  window quarters as (partition by credit_code, year order by quarter)
),

falling as (
  select credit_code, reporter_code, year, quarter, '累计下降' as finding
  from in_order
  where sales_revenue_ytd_yuan < previous_sales_yuan or output_value_ytd_yuan < previous_output_yuan
),

reported_quarter as (
  select distinct year, quarter
  from fact_agri_processing
),

enterprise_year as (
  select distinct credit_code, reporter_code, year
  from fact_agri_processing
),

missing as (
  select e.credit_code, e.reporter_code, e.year, q.quarter, '缺报' as finding
  from enterprise_year as e
  inner join reported_quarter as q on q.year = e.year
  anti join fact_agri_processing as f
    on f.credit_code = e.credit_code and f.year = e.year and f.quarter = q.quarter
),

finding as (
  from falling
  union all
  from missing
)

select
  r.reporter_name as "填报单位",
  e.enterprise_name as "企业名称",
  f.year as "年",
  f.quarter as "季",
  f.finding as "情况",
  i.sales_revenue_ytd_yuan as "累计销售收入（元）",
  i.previous_sales_yuan as "上次累计销售收入（元）",
  i.output_value_ytd_yuan as "累计产值（元）",
  i.previous_output_yuan as "上次累计产值（元）"
from finding as f
inner join dim_enterprise as e on e.credit_code = f.credit_code and e.is_current
inner join dim_reporter as r on r.reporter_code = f.reporter_code and r.is_current
left join in_order as i on i.credit_code = f.credit_code and i.year = f.year and i.quarter = f.quarter
order by f.year, f.quarter, r.reporter_name, e.enterprise_name
