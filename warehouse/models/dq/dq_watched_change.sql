-- How the watched numbers of peers usually change from the same period of the year before.
-- grain, key: fact_table x field x peer_group x year x part; sources: dq_watched_level
-- Of few changes none is usual: they are compared with no change.
with change as (
  select t.fact_table, t.field, t.peer_group, t.year, t.part, t.level - l.level as change
  from dq_watched_level as t
  inner join dq_watched_level as l
    on l.fact_table = t.fact_table and l.field = t.field and l.entity = t.entity and l.part = t.part
    and l.year = t.year - 1
),

usual as (
  select
    fact_table,
    field,
    peer_group,
    year,
    part,
    count(*) as changes,
    case when count(*) >= @watch_setting(fewest_values) then median(change) else 0 end as usual_change
  from change
  group by all
)

select
  c.fact_table,
  c.field,
  c.peer_group,
  c.year,
  c.part,
  u.changes,
  u.usual_change,
  median(abs(c.change - u.usual_change)) as spread
from change as c
inner join usual as u
    on u.fact_table = c.fact_table and u.field = c.field and u.peer_group = c.peer_group
    and u.year = c.year and u.part = c.part
group by all
