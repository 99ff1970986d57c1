-- Numbers that are far off their own history, last year's, their peers or the form's usual size.
-- grain, key: fact_table x field x delivery_id x sheet_name x sheet_block x sheet_row; sources: dq_watched_value
-- Sizes are natural logarithms: what is odd is a number so many times another. A modified z-score is 0.6745
-- times the distance from the median over the median distance; none is told of few values, or without spread.
with sized as (
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
  select fact_table, field, peer_group, year, part, median(size) as usual, count(*) as peers
  from sized
  group by all
),

with_peers as (
  select
    s.*,
    p.peers,
    exp(p.usual) as peer_value,
    s.size - p.usual as off_peers,
    -- What a period does to all is no news of one, where every period has peers enough to tell.
    s.size - case
      when min(p.peers) over (partition by fact_table, field, peer_group) >= s.season_peers
        then p.usual
      else 0
    end as level
  from sized as s
  inner join peer as p using (fact_table, field, peer_group, year, part)
),

peer_spread as (
  select fact_table, field, peer_group, year, part, median(abs(off_peers)) as spread
  from with_peers
  group by all
),

own as (
  select fact_table, field, entity, median(level) as usual, count(*) as periods, exp(median(size)) as own_value
  from with_peers
  where entity is not null
  group by all
),

own_spread as (
  select fact_table, field, entity, median(abs(v.level - o.usual)) as spread
  from with_peers as v
  inner join own as o using (fact_table, field, entity)
  group by all
),

pair as (
  select
    t as this,
    l as last,
    t.level - l.level as change,
    coalesce(abs(t.level - o.usual), 0) > coalesce(abs(l.level - o.usual), 0) as this_is_odd_in_history,
    o.periods
  from with_peers as t
  inner join with_peers as l
    on l.fact_table = t.fact_table and l.field = t.field and l.entity = t.entity and l.part = t.part
    and l.year = t.year - 1
  inner join own as o on o.fact_table = t.fact_table and o.field = t.field and o.entity = t.entity
),

-- What was as it is now a year before, or is so a year later, is its season's and not odd.
seasonal as (
  select distinct unnest([this, last]) as steady
  from pair
  where abs(change) < ln(@watch_setting(history_factor))
),

by_history as (
  select
    v.*,
    'history' as basis,
    o.own_value as reference_value,
    v.level - o.usual as off,
    case
      when o.periods >= @watch_setting(fewest_values) and s.spread > 0 then 0.6745 * (v.level - o.usual) / s.spread
    end as z,
    o.periods as compared_values
  from with_peers as v
  inner join own as o using (fact_table, field, entity)
  inner join own_spread as s using (fact_table, field, entity)
  anti join seasonal as y
    on y.steady.fact_table = v.fact_table and y.steady.field = v.field and y.steady.delivery_id = v.delivery_id
    and y.steady.sheet_name = v.sheet_name and y.steady.sheet_block = v.sheet_block
    and y.steady.sheet_row = v.sheet_row
  where o.periods >= 3
),

usual_change as (
  select
    this.fact_table, this.field, this.peer_group, this.year, this.part, count(*) as changes,
    case when count(*) >= @watch_setting(fewest_values) then median(change) else 0 end as usual
  from pair
  group by all
),

change_spread as (
  select u.fact_table, u.field, u.peer_group, u.year, u.part, u.usual, u.changes, median(abs(p.change - u.usual)) as spread
  from pair as p
  inner join usual_change as u
    on u.fact_table = p.this.fact_table and u.field = p.this.field and u.peer_group = p.this.peer_group
    and u.year = p.this.year and u.part = p.this.part
  group by all
),

-- Of a pair, the one is shown that is further from its history, or of two values from its peers.
by_last_year as (
  select
    case when p.this_is_odd then p.this else p.last end as odd,
    case when p.this_is_odd then p.last else p.this end as other,
    case when p.this_is_odd then p.change - c.usual else c.usual - p.change end as off,
    case
      when c.changes >= @watch_setting(fewest_values) and c.spread > 0
        then 0.6745 * abs(p.change - c.usual) / c.spread
    end as z
  from (
    select
      *,
      case
        when periods >= 3 then this_is_odd_in_history
        else abs(this.off_peers) >= abs(last.off_peers) or this.peers < @watch_setting(fewest_values)
      end as this_is_odd
    from pair
  ) as p
  inner join change_spread as c
    on c.fact_table = p.this.fact_table and c.field = p.this.field and c.peer_group = p.this.peer_group
    and c.year = p.this.year and c.part = p.this.part
),

by_peers as (
  select v.*, 'peers' as basis, v.peer_value as reference_value, v.off_peers as off,
    0.6745 * v.off_peers / s.spread as z, v.peers as compared_values
  from with_peers as v
  inner join peer_spread as s using (fact_table, field, peer_group, year, part)
  left join own as o using (fact_table, field, entity)
  where v.peers >= @watch_setting(fewest_values) and s.spread > 0 and coalesce(o.periods, 1) = 1
),

whole as (
  select fact_table, field, reporter_code, delivery_id, year, part, median(size) as usual, count(*) as rows
  from sized
  group by all
),

whole_before as (
  select w.*, median(o.usual) as usual_before, count(*) as deliveries_before, any_value(o.delivery_id) as other_delivery_id
  from whole as w
  inner join whole as o
    on o.fact_table = w.fact_table and o.field = w.field and o.reporter_code = w.reporter_code
    and o.delivery_id <> w.delivery_id and (o.part = w.part or w.part = '')
  where w.rows >= 3
  group by all
  having count(*) > 1 or w.year > min(o.year)  -- of two forms the later one is shown, with the earlier beside it
),

by_delivery as (
  select v.*, 'delivery' as basis, exp(b.usual_before) as reference_value, b.usual - b.usual_before as off,
    b.deliveries_before as compared_values, b.other_delivery_id
  from with_peers as v
  inner join whole_before as b using (fact_table, field, delivery_id)
  where abs(b.usual - b.usual_before) > ln(1000 / @watch_setting(slip_factor))
),

off as (
  select
    fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row, reporter_code, period, value, is_count,
    basis, reference_value, off, z, compared_values,
    cast(null as varchar) as other_delivery_id, cast(null as varchar) as other_sheet_name,
    cast(null as integer) as other_sheet_block, cast(null as integer) as other_sheet_row
  from by_history
  where abs(off) > ln(@watch_setting(history_factor)) and coalesce(abs(z) > @watch_setting(z), true)
  union all
  select
    odd.fact_table, odd.field, odd.delivery_id, odd.sheet_name, odd.sheet_block, odd.sheet_row, odd.reporter_code,
    odd.period, odd.value, odd.is_count, 'last_year', other.value, off, z, 1,
    other.delivery_id, other.sheet_name, other.sheet_block, other.sheet_row
  from by_last_year
  where abs(off) > ln(@watch_setting(history_factor)) and coalesce(abs(z) > @watch_setting(z), true)
  union all
  select
    fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row, reporter_code, period, value, is_count,
    basis, reference_value, off, z, compared_values, null, null, null, null
  from by_peers
  where abs(off) > ln(@watch_setting(peers_factor)) and abs(z) > @watch_setting(z)
  union all
  select
    fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row, reporter_code, period, value, is_count,
    basis, reference_value, off, null, compared_values,
    case when compared_values = 1 then other_delivery_id end, null, null, null
  from by_delivery
),

-- A slip is told within a factor of its own history; peers differ, so there the nearest one is meant.
slipped as (
  select o.*, s.slip, row_number() over (
    partition by o.fact_table, o.field, o.delivery_id, o.sheet_name, o.sheet_block, o.sheet_row, o.basis
    order by abs(abs(o.off) - ln(s.slip)), s.slip
  ) as nearness
  from off as o
  left join @watched_slips() as s (fact_table, field, slip)
    on s.fact_table = o.fact_table and s.field = o.field
    and case
      when o.basis in ('peers', 'delivery') then abs(o.off) > ln(s.slip) - ln(@watch_setting(peers_factor))
      else abs(abs(o.off) - ln(s.slip)) < ln(@watch_setting(slip_factor))
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
  round(exp(off), 4) as ratio,
  round(z, 2) as z_score,
  compared_values,
  cast(slip as bigint) as slip,
  other_delivery_id,
  other_sheet_name,
  cast(other_sheet_block as integer) as other_sheet_block,
  cast(other_sheet_row as integer) as other_sheet_row
from slipped
where nearness = 1
qualify row_number() over (
  partition by fact_table, field, delivery_id, sheet_name, sheet_block, sheet_row
  order by slip is null, list_position(['history', 'last_year', 'delivery', 'peers'], basis)
) = 1
