-- 问题: 2020 年与 2022 年的名录相比，各乡镇的行政村怎样变化？
-- 答法: 两期名录都有的按代码对上；不再列出的村，名录没有说明并入哪里的，去向不详，不作推测。
-- 跨期比较村数或村均数，要先说明口径。
with village as (
  select *
  from dim_division
  where level = 'village' and (is_on_2020_basis or is_on_2022_basis)
),

unknown_successor as (
  select distinct from_code
  from dim_division_crosswalk
  where relation = 'unknown_successor'
)

select
  v.township_name as "乡镇",
  count(*) filter (where v.is_on_2020_basis) as "2020 年（个）",
  count(*) filter (where v.is_on_2022_basis) as "2022 年（个）",
  count(*) filter (where v.is_on_2020_basis and v.is_on_2022_basis) as "两期都有（个）",
  count(*) filter (where not v.is_on_2022_basis) as "不再列出（个）",
  count(u.from_code) filter (where not v.is_on_2022_basis) as "其中去向不详（个）",
  count(*) filter (where not v.is_on_2020_basis) as "新列出（个）"
from village as v
left join unknown_successor as u on u.from_code = v.division_code
group by v.township_name
order by v.township_name
