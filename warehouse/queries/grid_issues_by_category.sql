-- 问题: 网格事件哪一类最多，办结了多少，平均用几天？
-- 答法: 取最近一年各月的台账，可以相加。用时从受理到办结，当天办结的为零；没有办结的不计用时。
with latest_year as (
  select max(year) as year
  from fact_grid_issue
),

issue as (
  select
    i.category,
    i.is_resolved,
    case when i.is_resolved then date_diff('day', i.opened_date, i.closed_date) end as days
  from fact_grid_issue as i
  inner join latest_year as l on l.year = i.year
)

select
  category as "类别",
  count(*) as "事件（件）",
  count(*) filter (where is_resolved) as "办结（件）",
  cast(100 * count(*) filter (where is_resolved) / count(*) as decimal(9,2)) as "办结率（%）",
  cast(sum(days) / nullif(count(days), 0) as decimal(9,2)) as "平均用时（天）"
from issue
group by category
order by count(*) desc, category
