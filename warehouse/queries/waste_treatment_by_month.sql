-- 问题: 各乡镇生活垃圾收运处理率逐月多少？
-- 答法: 收运处理率按常住户计，日产日清按村计，两者分母不同，不能互相代替。户数是月末数，各月不能相加。
with monthly as (
  select
    d.canonical_name as township_name,
    f.period,
    count(*) as villages,
    count(*) filter (where f.has_daily_clearance) as villages_cleared_daily,
    sum(f.households) as households,
    sum(f.waste_collected_households) as collected_households
  from fact_living_environment as f
  inner join dim_division as d on d.division_code = f.township_code and d.lookup_to = date '9999-12-31'
  group by d.canonical_name, f.period
)

select
  township_name as "乡镇",
  period as "月份",
  households as "常住（户）",
  collected_households as "收运处理（户）",
  cast(100 * collected_households / nullif(households, 0) as decimal(9,2)) as "收运处理率（%）",
  villages_cleared_daily as "日产日清的村（个）",
  villages as "填报的村（个）"
from monthly
order by township_name, period
