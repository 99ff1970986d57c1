-- 问题: 乡村旅游哪些月是旺季，每人次收入多少？
-- 答法: 取最近一年，各月是当月数，可以相加。人次高于当年月均的算旺季；缺报的接待点会压低当月，先看接待点数。
with latest_year as (
  select max(year) as year
  from fact_rural_tourism
),

monthly as (
  select
    f.period,
    count(*) as sites,
    sum(f.visits) as visits,
    sum(f.revenue_yuan) as revenue
  from fact_rural_tourism as f
  inner join latest_year as l on l.year = f.year
  group by f.period
),

beside_the_year as (
  select
    *,
    sum(visits) over () as visits_of_year,
    avg(visits) over () as visits_of_average_month
  from monthly
)

select
  period as "月份",
  sites as "接待点（个）",
  visits as "接待游客（人次）",
  revenue as "旅游收入（元）",
  cast(revenue / nullif(visits, 0) as decimal(18,2)) as "每人次收入（元）",
  cast(100 * visits / nullif(visits_of_year, 0) as decimal(9,2)) as "占全年人次（%）",
  if(visits > visits_of_average_month, '旺季', '淡季') as "淡旺季"
from beside_the_year
order by period
