-- 问题: 各乡镇粮食与奶类产量多少，比上年增减多少？
-- 答法: 取最近一年，为各行政村全年产量之和。“齐全”为否的乡镇有缺报或退回的行，增减不可信；
-- 上年没有产量的没有增长率。
with latest as (
  select max(period) as period
  from mart_figure
  where indicator_code = 'grain_output_tonnes' and period_grain = 'year'
),

township as (
  select
    f.division_code,
    f.division_name,
    case f.indicator_code when 'grain_output_tonnes' then 'grain' else 'milk' end as product,
    cast(f.value as decimal(18,2)) as tonnes,
    cast(f.change_value as decimal(18,2)) as change_tonnes,
    f.change_pct,
    f.status
  from mart_figure as f
  inner join latest as l on l.period = f.period
  where f.indicator_code in ('grain_output_tonnes', 'milk_output_tonnes') and f.division_level in ('town', 'township')
)

select
  division_name as "乡镇",
  max(tonnes) filter (where product = 'grain') as "粮食产量（吨）",
  max(change_tonnes) filter (where product = 'grain') as "粮食增减（吨）",
  max(change_pct) filter (where product = 'grain') as "粮食同比（%）",
  max(tonnes) filter (where product = 'milk') as "奶类产量（吨）",
  max(change_tonnes) filter (where product = 'milk') as "奶类增减（吨）",
  max(change_pct) filter (where product = 'milk') as "奶类同比（%）",
  if(bool_and(status = 'final'), '是', '否') as "齐全"
from township
group by division_code, division_name
order by "粮食产量（吨）" desc, division_code
