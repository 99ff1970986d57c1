-- title: 花名册与事件台账所写的网格应见于当年的网格划分台账
-- table: fact_grid
-- kind: reference
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
with named_grid as (
  select year, grid_code, 'fact_grid_person' as named_in
  from fact_grid_person
  union
  select year, grid_code, 'fact_grid_issue' as named_in
  from fact_grid_issue
)

select n.year, n.grid_code, n.named_in
from named_grid as n
semi join fact_grid as y on y.year = n.year
anti join fact_grid as g on g.year = n.year and g.grid_code = n.grid_code
