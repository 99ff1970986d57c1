-- What is usual in the history of each that the watched numbers are of.
-- grain, key: fact_table x field x entity; sources: dq_watched_level
with usual as (
  select
    fact_table,
    field,
    entity,
    count(*) as periods,
    median(level) as usual_level,
    exp(median(size)) as usual_value
  from dq_watched_level
  group by all
)

select
  v.fact_table,
  v.field,
  v.entity,
  u.periods,
  u.usual_level,
  u.usual_value,
  median(abs(v.level - u.usual_level)) as spread
from dq_watched_level as v
inner join usual as u
    on u.fact_table = v.fact_table and u.field = v.field and u.entity = v.entity
group by all
