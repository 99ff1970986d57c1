-- 问题: 群众满意度最低的十个村是哪些？
-- 答法: 取最近一年。受访的人少，差几个人就差几个百分点，所以并列受访人数；同样满意度的，受访多的在前。
with latest_year as (
  select max(year) as year
  from fact_satisfaction_survey
)

select
  v.township_name as "乡镇",
  v.canonical_name as "行政村",
  s.surveyed_persons as "受访（人）",
  s.satisfied_persons as "满意（人）",
  cast(100 * s.satisfied_persons / s.surveyed_persons as decimal(9,2)) as "满意度（%）"
from fact_satisfaction_survey as s
inner join latest_year as l on l.year = s.year
inner join dim_division as v on v.division_key = s.division_key
where s.surveyed_persons > 0
order by s.satisfied_persons / s.surveyed_persons, s.surveyed_persons desc, s.village_code
limit 10
