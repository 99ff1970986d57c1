-- The watched numbers that have a history, each with its level in it.
-- grain, key: fact_table x field x delivery_id x sheet_name x sheet_block x sheet_row
-- sources: dq_watched_value, dq_watched_peer
-- What a period does to all is no news of one: where every period has peers enough to tell, the level is the size off theirs.
select
  v.fact_table,
  v.field,
  v.delivery_id,
  v.sheet_name,
  v.sheet_block,
  v.sheet_row,
  v.reporter_code,
  v.period,
  v.value,
  v.entity,
  v.peer_group,
  v.year,
  v.part,
  v.is_count,
  p.peers,
  ln(v.value) as size,
  ln(v.value) - p.usual_size as off_peers,
  ln(v.value) - case when p.fewest_peers >= v.season_peers then p.usual_size else 0 end as level
from dq_watched_value as v
inner join dq_watched_peer as p
    on p.fact_table = v.fact_table and p.field = v.field and p.peer_group = v.peer_group
    and p.year = v.year and p.part = v.part
where v.value > 0 and v.entity is not null
