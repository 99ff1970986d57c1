-- 问题: 各乡镇整村授信推进到哪一步，建档、评级、授信、用信各多少户？
-- 答法: 各银行取其最近一季，都是季末数，不可跨季相加。授信是额度不是发放；用信余额已在贷款余额之内，不可再加。
with latest as (
  select institution_code, max(period) as period
  from fact_village_credit
  group by institution_code
),

township as (
  select
    d.township_name,
    f.period,
    count(distinct f.village_code) as villages,
    count(distinct f.village_code) filter (where f.is_credit_village) as credit_villages,
    sum(f.filed_households) as filed,
    sum(f.rated_households) as rated,
    sum(f.granted_households) as granted,
    sum(f.drawn_households) as drawn,
    sum(f.granted_yuan) as granted_yuan,
    sum(f.drawn_yuan) as drawn_yuan
  from fact_village_credit as f
  inner join latest as l on l.institution_code = f.institution_code and l.period = f.period
  inner join dim_division as d on d.division_key = f.division_key
  group by d.township_name, f.period
)

select
  township_name as "乡镇",
  period as "季度",
  villages as "行政村（个）",
  credit_villages as "信用村（个）",
  filed as "建档（户）",
  rated as "评级（户）",
  granted as "授信（户）",
  drawn as "用信（户）",
  cast(100 * drawn / nullif(granted, 0) as decimal(9,2)) as "用信户占授信户（%）",
  granted_yuan as "授信额度（元）",
  drawn_yuan as "用信余额（元）"
from township
order by granted_yuan desc, township_name
