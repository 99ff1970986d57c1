-- 问题: 各乡镇街道的党组织书记星级怎样分布？
-- 答法: 取最近一次初评，一个党组织一名书记，兼任的各计一次。所在地按党组织名录，没有区划代码的在“未知”。
with latest as (
  select max(year) as year
  from fact_secretary_rating
),

rating as (
  select d.township_name, f.star
  from fact_secretary_rating as f
  inner join latest as l on l.year = f.year
  inner join dim_division as d on d.division_key = f.division_key
)

select
  township_name as "乡镇街道",
  count(*) as "书记（人）",
  count(*) filter (where star <= 3) as "一至三星（人）",
  count(*) filter (where star in (4, 5)) as "四至五星（人）",
  count(*) filter (where star in (6, 7)) as "六至七星（人）",
  count(*) filter (where star = 8) as "八星（人）"
from rating
group by township_name
order by township_name
