-- 问题: 各乡镇农村基础设施项目有多少个，投资多少，还有几个没有完工？
-- 答法: 取最近一年的台账；没有完工日期的算没有完工，也可能是漏填。跨乡镇的项目按台账所列的村归乡镇。
with latest_year as (
  select max(year) as year
  from fact_infrastructure_project
)

select
  coalesce(t.canonical_name, '未知') as "乡镇",
  count(*) as "项目（个）",
  count(distinct p.village_code) as "涉及的村（个）",
  sum(p.invested_yuan) as "投资（元）",
  count(*) filter (where p.completed_date is null) as "没有完工（个）"
from fact_infrastructure_project as p
inner join latest_year as l on l.year = p.year
left join dim_division as t on t.division_code = p.township_code and t.lookup_to = date '9999-12-31'
group by t.canonical_name
order by sum(p.invested_yuan) desc, t.canonical_name
