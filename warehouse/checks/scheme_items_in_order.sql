-- title: 制度方案的要素应从 1 起依次编号，名称各不相同
-- table: fact_scheme
-- kind: plausibility
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
select year, scheme_name, count(*) as items, max(item_order) as last_order, count(distinct item_name) as names
from fact_scheme
group by year, scheme_name
having max(item_order) <> count(*) or count(distinct item_name) <> count(*)
