-- title: 每个软弱涣散党组织应列齐当年台账的各项整顿措施
-- table: fact_weak_party_org
-- kind: completeness
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
with measure as (
  select year, count(distinct measure_type) as measures
  from fact_weak_party_org
  group by year
)

select f.year, f.org_code, count(*) as listed_measures, m.measures
from fact_weak_party_org as f
inner join measure as m on m.year = f.year
group by f.year, f.org_code, m.measures
having count(*) <> m.measures
