-- 问题: 搬迁撤并类等各类村庄有多少已不在最近一期名录？
-- 答法: 取最近一年的分类表，分类按分类时的名录。不在名录只说明不再是行政村，不等于已经搬迁；去向没有说明的不作推测。
with latest_year as (
  select max(year) as year
  from fact_village_class
),

listed as (
  select d.division_code
  from dim_division as d
  inner join dim_division_basis as b on b.division_key = d.division_key and b.is_latest
  where d.level = 'village'
),

classified as (
  select
    f.village_class,
    f.village_code is not null as was_listed,
    l.division_code is not null as is_listed
  from fact_village_class as f
  inner join latest_year as y on y.year = f.year
  left join listed as l on l.division_code = f.village_code
)

select
  village_class as "类别",
  count(*) as "分类村庄（个）",
  count(*) filter (where is_listed) as "仍在名录（个）",
  count(*) filter (where was_listed and not is_listed) as "已不在名录（个）",
  count(*) filter (where not was_listed) as "分类时名录即无（个）"
from classified
group by village_class
order by count(*) desc, village_class
