-- How large the watched numbers of peers usually are in a period.
-- grain, key: fact_table x field x peer_group x year x part; sources: dq_watched_value
-- Sizes are natural logarithms: what is odd is a number so many times another. Nothing, and less, has no size.
with sizes as (
  select fact_table, field, peer_group, year, part, ln(value) as size
  from dq_watched_value
  where value > 0
),

usual as (
  select fact_table, field, peer_group, year, part, count(*) as peers, median(size) as usual_size
  from sizes
  group by all
),

spread as (
  select s.fact_table, s.field, s.peer_group, s.year, s.part, median(abs(s.size - u.usual_size)) as spread
  from sizes as s
  inner join usual as u
    on u.fact_table = s.fact_table and u.field = s.field and u.peer_group = s.peer_group
    and u.year = s.year and u.part = s.part
  group by all
)

select
  fact_table,
  field,
  peer_group,
  year,
  part,
  peers,
  min(peers) over (partition by fact_table, field, peer_group) as fewest_peers,
  usual_size,
  spread
from usual
inner join spread using (fact_table, field, peer_group, year, part)
