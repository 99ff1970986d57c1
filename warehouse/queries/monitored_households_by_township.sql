-- 问题: 各乡镇防止返贫监测对象有多少户，还没有消除风险的是否都落实了帮扶？
-- 答法: 取最近一季末，已消除风险的仍在其中，各季不可相加。户数很少的，外传前先看 xiangcang export 是否列出。
with latest as (
  select max(period) as period
  from fact_monitored_household
)

select
  coalesce(t.canonical_name, '未知') as "乡镇",
  count(*) as "监测对象（户）",
  cast(sum(h.monitored_persons) as bigint) as "监测人口（人）",
  count(*) filter (where h.cleared_date is null) as "未消除风险（户）",
  count(*) filter (where h.cleared_date is null and not h.is_helped) as "其中未落实帮扶（户）",
  cast(100 * count(h.cleared_date) / count(*) as decimal(9,2)) as "风险消除率（%）"
from fact_monitored_household as h
inner join latest as l on l.period = h.period
left join dim_division as t on t.division_code = h.township_code and t.lookup_to = date '9999-12-31'
group by t.canonical_name
order by count(*) filter (where h.cleared_date is null) desc, t.canonical_name
