-- title: 每个网格当年应有网格员；尚未报花名册的乡镇、街道不计
-- table: fact_grid
-- kind: completeness
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
select g.year, g.reporter_code, g.grid_code, g.grid_name
from fact_grid as g
semi join fact_grid_person as r on r.year = g.year and r.reporter_code = g.reporter_code
anti join fact_grid_person as w on w.year = g.year and w.grid_code = g.grid_code and w.role = '网格员'
