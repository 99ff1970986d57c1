-- title: 一村一策：一个软弱涣散党组织应有一份整顿方案，一份方案只用于一个党组织
-- table: fact_weak_party_org
-- kind: plausibility
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
select year, org_code, min(plan_number) as plan_number
from fact_weak_party_org
group by year, org_code
having count(distinct plan_number) > 1
union all
select year, min(org_code) as org_code, plan_number
from fact_weak_party_org
group by year, plan_number
having count(distinct org_code) > 1
