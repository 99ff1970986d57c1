-- 问题: 最早与最近两期名录相比，各乡镇的行政村怎样变化？
-- 答法: 两期名录都有的按代码对上；不再列出的村，名录没有说明并入哪里的，去向不详，不作推测。
-- 跨期比较村数或村均数，要先说明口径。
with first_list as (
  select min(list_date) as list_date
  from dim_division_basis
),

village as (
  select
    d.division_code,
    d.township_name,
    bool_or(b.list_date = f.list_date) as was_listed,
    bool_or(b.is_latest) as is_listed
  from dim_division as d
  inner join dim_division_basis as b on b.division_key = d.division_key
  cross join first_list as f
  where d.level = 'village' and (b.list_date = f.list_date or b.is_latest)
  group by d.division_code, d.township_name
),

unknown_successor as (
  select distinct from_code
  from dim_division_crosswalk
  where relation = 'unknown_successor'
)

select
  v.township_name as "乡镇",
  count(*) filter (where v.was_listed) as "最早一期（个）",
  count(*) filter (where v.is_listed) as "最近一期（个）",
  count(*) filter (where v.was_listed and v.is_listed) as "两期都有（个）",
  count(*) filter (where not v.is_listed) as "不再列出（个）",
  count(u.from_code) filter (where not v.is_listed) as "其中去向不详（个）",
  count(*) filter (where not v.was_listed) as "新列出（个）"
from village as v
left join unknown_successor as u on u.from_code = v.division_code
group by v.township_name
order by v.township_name
