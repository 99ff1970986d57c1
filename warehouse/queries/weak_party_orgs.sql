-- 问题: 软弱涣散党组织整顿到了哪一步，驻有几名干部？
-- 答法: 取最近一年的台账，往年确定而未销号的也在内，看“确定日期”。措施全部完成并验收销号的才算完成；
-- 一名干部可驻两处，各处人数不可相加。
with latest as (
  select max(year) as year
  from fact_weak_party_org
),

organisation as (
  select
    f.year,
    f.org_code,
    f.org_key,
    f.division_key,
    min(f.listed_date) as listed_date,
    count(*) as measures,
    count(*) filter (where f.is_completed) as completed_measures,
    bool_and(f.is_org_rectified) as is_rectified
  from fact_weak_party_org as f
  inner join latest as l on l.year = f.year
  group by f.year, f.org_code, f.org_key, f.division_key
),

cadre as (
  select year, org_code, count(distinct cadre_key) as cadres
  from fact_dispatched_cadre
  group by year, org_code
)

select
  d.township_name as "乡镇街道",
  p.org_name as "党组织",
  o.listed_date as "确定日期",
  o.measures as "措施（项）",
  o.completed_measures as "已完成（项）",
  if(o.is_rectified, '是', '否') as "完成整顿",
  coalesce(c.cadres, 0) as "驻点干部（名）"
from organisation as o
inner join dim_division as d on d.division_key = o.division_key
left join dim_party_org as p on p.org_key = o.org_key
left join cadre as c on c.year = o.year and c.org_code = o.org_code
order by o.listed_date, o.org_code
