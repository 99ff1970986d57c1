-- Watched numbers far from their own history, last year's, their peers or the usual size of their form.
-- grain, key: fact_table x field x delivery_id x sheet_name x sheet_block x sheet_row; sources: dq_watched_value
-- Sizes are natural logarithms, because an outlier is a number so many times another: distances are logarithms of
-- ratios. A modified z-score is 0.6745 times the distance from the median over the median distance; it is null
-- for few values, or without spread.
with sizes as (
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
    entity,
    peer_group,
    year,
    part,
    season_peers,
    is_count,
    ln(value) as size
  from dq_watched_value
  where value > 0
),

peer as (
  select fact_table, field, peer_group, year, part, median(size) as median_size, count(*) as peers
  from sizes
  group by all
),

with_peers as (
  select
    s.*,
    p.peers,
    exp(p.median_size) as peer_value,
    s.size - p.median_size as peer_distance,
    -- A change that all peers share in a period is taken out, where every period has peers enough to show it.
    s.size - case
      when min(p.peers) over (partition by fact_table, field, peer_group) >= s.season_peers
        then p.median_size
      else 0
    end as level
  from sizes as s
  inner join peer as p using (fact_table, field, peer_group, year, part)
),

peer_spread as (
  select fact_table, field, peer_group, year, part, median(abs(peer_distance)) as spread
  from with_peers
  group by all
),

history as (
  select
    fact_table,
    field,
    entity,
    median(level) as median_level,
    count(*) as periods,
    exp(median(size)) as median_value
  from with_peers
  where entity is not null
  group by all
),

history_spread as (
  select fact_table, field, entity, median(abs(v.level - h.median_level)) as spread
  from with_peers as v
  inner join history as h using (fact_table, field, entity)
  group by all
),

pair as (
  select
    t as this,
    l as last,
    t.level - l.level as change,
    coalesce(abs(t.level - h.median_level), 0)
      > coalesce(abs(l.level - h.median_level), 0) as this_is_odd_in_history,
    h.periods
  from with_peers as t
  inner join with_peers as l
    on l.fact_table = t.fact_table and l.field = t.field and l.entity = t.entity and l.part = t.part
    and l.year = t.year - 1
  inner join history as h on h.fact_table = t.fact_table and h.field = t.field and h.entity = t.entity
),

-- A number like that of a year before, or of a year later, belongs to its season and is no outlier.
seasonal as (
  select distinct unnest([this, last]) as steady
  from pair
  where abs(change) < ln(@watch_setting(history_factor))
),

by_history as (
  select
    v.*,
    'history' as basis,
    h.median_value as reference_value,
    v.level - h.median_level as distance,
    case
      when h.periods >= @watch_setting(fewest_values) and s.spread > 0
        then 0.6745 * (v.level - h.median_level) / s.spread
    end as z,
    h.periods as compared_values
  from with_peers as v
  inner join history as h using (fact_table, field, entity)
  inner join history_spread as s using (fact_table, field, entity)
  anti join seasonal as y
    on y.steady.fact_table = v.fact_table and y.steady.field = v.field
    and y.steady.delivery_id = v.delivery_id and y.steady.sheet_name = v.sheet_name
    and y.steady.sheet_block = v.sheet_block and y.steady.sheet_row = v.sheet_row
  where h.periods >= 3
),

usual_change as (
  select
    this.fact_table, this.field, this.peer_group, this.year, this.part, count(*) as changes,
    case when count(*) >= @watch_setting(fewest_values) then median(change) else 0 end as median_change
  from pair
  group by all
),

change_spread as (
  select
    u.fact_table, u.field, u.peer_group, u.year, u.part, u.median_change, u.changes,
    median(abs(p.change - u.median_change)) as spread
  from pair as p
  inner join usual_change as u
    on u.fact_table = p.this.fact_table and u.field = p.this.field and u.peer_group = p.this.peer_group
    and u.year = p.this.year and u.part = p.this.part
  group by all
),

-- Of a pair, the number farther from its history is shown; without further periods, that farther from its peers.
by_last_year as (
  select
    case when p.this_is_odd then p.this else p.last end as odd,
    case when p.this_is_odd then p.last else p.this end as other,
    case when p.this_is_odd then p.change - c.median_change else c.median_change - p.change end as distance,
    case
      when c.changes >= @watch_setting(fewest_values) and c.spread > 0
        then 0.6745 * abs(p.change - c.median_change) / c.spread
    end as z
  from (
    select
      *,
      case
        when periods >= 3 then this_is_odd_in_history
        else abs(this.peer_distance) >= abs(last.peer_distance) or this.peers < @watch_setting(fewest_values)
      end as this_is_odd
    from pair
  ) as p
  inner join change_spread as c
    on c.fact_table = p.this.fact_table and c.field = p.this.field and c.peer_group = p.this.peer_group
    and c.year = p.this.year and c.part = p.this.part
),

by_peers as (
  select v.*, 'peers' as basis, v.peer_value as reference_value, v.peer_distance as distance,
    0.6745 * v.peer_distance / s.spread as z, v.peers as compared_values
  from with_peers as v
  inner join peer_spread as s using (fact_table, field, peer_group, year, part)
  left join history as h using (fact_table, field, entity)
  where v.peers >= @watch_setting(fewest_values) and s.spread > 0 and coalesce(h.periods, 1) = 1
),

delivery_size as (
  select
    fact_table, field, reporter_code, delivery_id, year, part,
    median(size) as median_size,
    count(*) as rows
  from sizes
  group by all
),

other_delivery_size as (
  select
    d.*,
    median(o.median_size) as other_median_size,
    count(*) as other_deliveries,
    any_value(o.delivery_id) as other_delivery_id
  from delivery_size as d
  inner join delivery_size as o
    on o.fact_table = d.fact_table and o.field = d.field and o.reporter_code = d.reporter_code
    and o.delivery_id <> d.delivery_id and (o.part = d.part or d.part = '')
  where d.rows >= 3
  group by all
  -- Of two deliveries the later is shown, with the earlier beside it.
  having count(*) > 1 or d.year > min(o.year)
),

by_delivery as (
  select
    v.*,
    'delivery' as basis,
    exp(d.other_median_size) as reference_value,
    d.median_size - d.other_median_size as distance,
    d.other_deliveries as compared_values,
    d.other_delivery_id
  from with_peers as v
  inner join other_delivery_size as d using (fact_table, field, delivery_id)
  where abs(d.median_size - d.other_median_size) > ln(1000 / @watch_setting(slip_factor))
),

outlier as (
  select
    fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row, reporter_code, period, value, is_count,
    basis, reference_value, distance, z, compared_values,
    cast(null as varchar) as other_delivery_id, cast(null as varchar) as other_sheet_name,
    cast(null as integer) as other_sheet_block, cast(null as integer) as other_sheet_row
  from by_history
  where abs(distance) > ln(@watch_setting(history_factor)) and coalesce(abs(z) > @watch_setting(z), true)
  union all
  select
    odd.fact_table, odd.field, odd.delivery_id, odd.sheet_name, odd.sheet_block, odd.sheet_row, odd.reporter_code,
    odd.period, odd.value, odd.is_count, 'last_year', other.value, distance, z, 1,
    other.delivery_id, other.sheet_name, other.sheet_block, other.sheet_row
  from by_last_year
  where abs(distance) > ln(@watch_setting(history_factor)) and coalesce(abs(z) > @watch_setting(z), true)
  union all
  select
    fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row, reporter_code, period, value, is_count,
    basis, reference_value, distance, z, compared_values, null, null, null, null
  from by_peers
  where abs(distance) > ln(@watch_setting(peers_factor)) and abs(z) > @watch_setting(z)
  union all
  select
    fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row, reporter_code, period, value, is_count,
    basis, reference_value, distance, null, compared_values,
    case when compared_values = 1 then other_delivery_id end, null, null, null
  from by_delivery
),

-- A slip lies within a factor of the number's own history; peers differ among themselves, so there the nearest
-- slip is taken.
with_slip as (
  select o.*, s.slip, row_number() over (
    partition by o.fact_table, o.field, o.delivery_id, o.sheet_name, o.sheet_block, o.sheet_row, o.basis
    order by abs(abs(o.distance) - ln(s.slip)), s.slip
  ) as nearness
  from outlier as o
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
  cast(sheet_block as integer) as sheet_block,
  cast(sheet_row as integer) as sheet_row,
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
  cast(other_sheet_block as integer) as other_sheet_block,
  cast(other_sheet_row as integer) as other_sheet_row
from with_slip
where nearness = 1
qualify row_number() over (
  partition by fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row
  order by slip is null, list_position(['history', 'last_year', 'delivery', 'peers'], basis)
) = 1
