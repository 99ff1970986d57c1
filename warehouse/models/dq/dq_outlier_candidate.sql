-- Numbers that are far off what they are compared with, one row a comparison.
-- grain, key: fact_table x field x delivery_id x sheet_name x sheet_block x sheet_row x basis
-- sources: dq_watched_value, dq_watched_peer, dq_watched_level, dq_watched_series, dq_watched_change, dq_watched_delivery
-- A modified z-score is 0.6745 times the distance from the median over the median distance; there is none of few
-- values, or without spread. Distances are between sizes, which are natural logarithms.
with by_history as (
  select
    v.*,
    s.usual_value as reference_value,
    v.level - s.usual_level as distance,
    case
      when s.periods >= @watch_setting(fewest_values) and s.spread > 0
        then 0.6745 * (v.level - s.usual_level) / s.spread
    end as z,
    s.periods as compared_values
  from dq_watched_level as v
  inner join dq_watched_series as s
    on s.fact_table = v.fact_table and s.field = v.field and s.entity = v.entity
  where s.periods >= 3 and abs(distance) > ln(@watch_setting(history_factor)) and coalesce(abs(z) > @watch_setting(z), true)
),

-- What was as it is now a year before, or is so a year later, is its season's and not odd.
by_history_of_no_season as (
  select h.*
  from by_history as h
  anti join dq_watched_level as n
    on n.fact_table = h.fact_table and n.field = h.field and n.entity = h.entity and n.part = h.part
    and abs(n.year - h.year) = 1 and abs(n.level - h.level) < ln(@watch_setting(history_factor))
),

change as (
  select
    t as this,
    l as last,
    t.level - l.level - c.usual_change as distance,
    case
      when c.changes >= @watch_setting(fewest_values) and c.spread > 0
        then 0.6745 * abs(t.level - l.level - c.usual_change) / c.spread
    end as z
  from dq_watched_level as t
  inner join dq_watched_level as l
    on l.fact_table = t.fact_table and l.field = t.field and l.entity = t.entity and l.part = t.part
    and l.year = t.year - 1
  inner join dq_watched_change as c
    on c.fact_table = t.fact_table and c.field = t.field and c.peer_group = t.peer_group and c.year = t.year
    and c.part = t.part
  where abs(distance) > ln(@watch_setting(history_factor)) and coalesce(abs(z) > @watch_setting(z), true)
),

-- Of two years, the one is shown that is further from its history, or of two values from its peers.
by_last_year as (
  select
    c.*,
    case
      when s.periods >= 3 then abs(this.level - s.usual_level) > abs(last.level - s.usual_level)
      else abs(this.off_peers) >= abs(last.off_peers) or this.peers < @watch_setting(fewest_values)
    end as is_this_year
  from change as c
  inner join dq_watched_series as s
    on s.fact_table = this.fact_table and s.field = this.field and s.entity = this.entity
),

odd_year as (
  select
    case when is_this_year then this else last end as odd,
    case when is_this_year then last else this end as other,
    case when is_this_year then distance else -distance end as distance,
    z
  from by_last_year
),

off_delivery as (
  select *, usual_size - others_usual_size as distance
  from dq_watched_delivery
  where abs(usual_size - others_usual_size) > ln(1000 / @watch_setting(slip_factor))
),

-- Of one reading of all numbers: those far off their peers, and those of a delivery that is off as a whole.
off_as_many as (
  select
    v.*,
    p.peers,
    exp(p.usual_size) as peer_value,
    ln(v.value) - p.usual_size as peer_distance,
    case
      when p.peers >= @watch_setting(fewest_values) and p.spread > 0
        then 0.6745 * (ln(v.value) - p.usual_size) / p.spread
    end as peer_z,
    d.others_usual_size,
    d.distance as delivery_distance,
    d.other_deliveries,
    d.other_delivery_id
  from dq_watched_value as v
  inner join dq_watched_peer as p
    on p.fact_table = v.fact_table and p.field = v.field and p.peer_group = v.peer_group and p.year = v.year
    and p.part = v.part
  left join off_delivery as d
    on d.fact_table = v.fact_table and d.field = v.field and d.delivery_id = v.delivery_id
  where v.value > 0 and (abs(peer_distance) > ln(@watch_setting(peers_factor)) or d.delivery_id is not null)
),

far_off as (
  select
    fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row, reporter_code, period, value, is_count,
    'history' as basis, reference_value, distance, z, compared_values,
    cast(null as varchar) as other_delivery_id, cast(null as varchar) as other_sheet_name,
    cast(null as integer) as other_sheet_block, cast(null as integer) as other_sheet_row
  from by_history_of_no_season
  union all
  select
    odd.fact_table, odd.field, odd.delivery_id, odd.sheet_name, odd.sheet_block, odd.sheet_row, odd.reporter_code,
    odd.period, odd.value, odd.is_count, 'last_year', other.value, distance, z, 1,
    other.delivery_id, other.sheet_name, other.sheet_block, other.sheet_row
  from odd_year
  union all
  select
    v.fact_table, v.field, v.delivery_id, v.sheet_name, v.sheet_block, v.sheet_row, v.reporter_code, v.period, v.value,
    v.is_count, 'peers', v.peer_value, v.peer_distance, v.peer_z, v.peers, null, null, null, null
  from off_as_many as v
  left join dq_watched_series as s
    on s.fact_table = v.fact_table and s.field = v.field
    and s.entity = v.entity
  where abs(v.peer_distance) > ln(@watch_setting(peers_factor)) and abs(v.peer_z) > @watch_setting(z)
    and coalesce(s.periods, 1) = 1
  union all
  select
    fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row, reporter_code, period, value, is_count,
    'delivery', exp(others_usual_size), delivery_distance, null, other_deliveries, other_delivery_id, null, null, null
  from off_as_many
  where delivery_distance is not null
),

-- A slip of unit is within a factor of its own history; peers differ, so there the nearest one is meant.
with_slip as (
  select o.*, s.slip, row_number() over (
    partition by o.fact_table, o.field, o.delivery_id, o.sheet_name, o.sheet_block, o.sheet_row, o.basis
    order by
      abs(abs(o.distance) - ln(s.slip)), s.slip, abs(o.distance) desc,
      o.other_delivery_id, o.other_sheet_name, o.other_sheet_block, o.other_sheet_row
  ) as nearness
  from far_off as o
  left join @watched_slips() as s (fact_table, field, slip)
    on s.fact_table = o.fact_table and s.field = o.field
    and case
      when o.basis in ('peers', 'delivery') then abs(o.distance) > ln(s.slip) - ln(@watch_setting(peers_factor))
      else abs(abs(o.distance) - ln(s.slip)) < ln(@watch_setting(slip_factor))
    end
  where not (o.is_count and greatest(o.value, o.reference_value) < @watch_setting(least_count))
)

select
  fact_table,
  field,
  delivery_id,
  sheet_name,
  sheet_block,
  sheet_row,
  reporter_code,
  period,
  value,
  basis,
  reference_value,
  round(exp(distance), 4) as ratio,
  round(z, 2) as z_score,
  compared_values,
  cast(slip as bigint) as slip,
  other_delivery_id,
  other_sheet_name,
  other_sheet_block,
  other_sheet_row
from with_slip
where nearness = 1
