-- 问题: 各类项目的授信申报了多少，批复了几成？
-- 答法: 取最近一年；批复的比重按申报金额计，尚在审批的也在申报中，所以年中偏低。
with latest_year as (
  select max(year) as year
  from fact_credit_application
)

select
  a.project_category as "项目类别",
  count(*) as "申报（个）",
  sum(a.applied_yuan) as "申报金额（元）",
  count(*) filter (where a.status = '已批复') as "批复（个）",
  coalesce(sum(a.granted_yuan), 0) as "批复金额（元）",
  cast(100 * coalesce(sum(a.granted_yuan), 0) / nullif(sum(a.applied_yuan), 0) as decimal(9,2)) as "批复比重（%）",
  count(*) filter (where a.status = '未通过') as "未通过（个）"
from fact_credit_application as a
inner join latest_year as l on l.year = a.year
group by a.project_category
order by sum(a.applied_yuan) desc
