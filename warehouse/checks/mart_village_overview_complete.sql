-- title: 行政村概览应恰有最近一期名录的每一个行政村
-- table: mart_village_overview
-- kind: completeness
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
select coalesce(d.division_code, o.village_code) as village_code
from (
  select v.division_code
  from dim_division as v
  inner join dim_division_basis as b on b.division_key = v.division_key and b.is_latest
  where v.level = 'village'
) as d
full join mart_village_overview as o on o.village_code = d.division_code
where d.division_code is null or o.village_code is null
