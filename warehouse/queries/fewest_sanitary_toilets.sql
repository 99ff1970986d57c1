-- 问题: 卫生厕所普及率最低的十个村是哪些？
-- 答法: 普及率为使用卫生厕所户数除以户籍户数，取各村最近一份年报；常年外出的户也在分母里，空心村会偏低。
with village as (
  select
    *,
    100 * sanitary_toilet_households / nullif(registered_households, 0) as share_pct
  from mart_village_overview
  where profile_year is not null
)

select
  township_name as "乡镇",
  village_name as "行政村",
  profile_year as "年报年份",
  sanitary_toilet_households as "使用卫生厕所（户）",
  registered_households as "户籍（户）",
  cast(share_pct as decimal(9,2)) as "普及率（%）"
from village
order by share_pct nulls last, village_code
limit 10
