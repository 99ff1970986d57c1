-- 问题: 各类村级项目有多少个，投资多少，完成了多少？
-- 答法: 取最近一年的台账，一行一个项目的一处。投资未报的不计，先看填了投资的个数；面积只有部分类别才有，不列。
with latest_year as (
  select max(year) as year
  from fact_village_project
)

select
  p.project_kind as "类别",
  count(*) as "项目（个）",
  count(*) filter (where p.status = '完成') as "完成（个）",
  count(p.invested_yuan) as "填了投资的（个）",
  sum(p.invested_yuan) as "投资（元）"
from fact_village_project as p
inner join latest_year as l on l.year = p.year
group by p.project_kind
order by sum(p.invested_yuan) desc nulls last, p.project_kind
