-- title: 行政村概览应恰有 2022 年口径的每一个行政村
-- table: mart_village_overview
-- kind: completeness
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
select coalesce(d.division_code, o.village_code) as village_code
from (select division_code from dim_division where level = 'village' and is_on_2022_basis) as d
full join mart_village_overview as o on o.village_code = d.division_code
where d.division_code is null or o.village_code is null
