-- 问题: 各乡镇、街道有多少网格，网格员怎样配备，事件办结了多少？
-- 答法: 取网格划分台账最近一年。人数按人计，兼有两种职责的在两栏各计一次；事件按编号计，跨月办结的只计一次，
-- 办结率的分母是当年列入台账的全部事件。
with latest_year as (
  select max(year) as year
  from fact_grid
),

grid as (
  select
    d.township_name,
    count(distinct f.grid_code) as grids,
    count(distinct f.grid_code) filter (where f.has_party_group) as party_groups,
    sum(f.households) as households
  from fact_grid as f
  inner join latest_year using (year)
  inner join dim_division as d using (division_key)
  group by d.township_name
),

person as (
  select
    d.township_name,
    count(distinct f.person_key) filter (where f.role = '网格员') as workers,
    count(distinct f.person_key) filter (where f.role = '网格员' and f.employment = '专职') as full_time_workers,
    count(distinct f.person_key) filter (where f.role = '楼长') as building_leaders,
    count(distinct f.person_key) filter (where f.role = '单元长') as unit_leaders
  from fact_grid_person as f
  inner join latest_year using (year)
  inner join dim_division as d using (division_key)
  group by d.township_name
),

issue as (
  select
    d.township_name,
    count(distinct f.ticket_number) as tickets,
    count(distinct f.ticket_number) filter (where f.is_resolved) as resolved
  from fact_grid_issue as f
  inner join latest_year using (year)
  inner join dim_division as d using (division_key)
  group by d.township_name
)

select
  g.township_name as "乡镇、街道",
  g.grids as "网格（个）",
  g.party_groups as "党小组（个）",
  coalesce(p.workers, 0) as "网格员（名）",
  coalesce(p.full_time_workers, 0) as "其中专职（名）",
  coalesce(p.building_leaders, 0) as "楼长（名）",
  coalesce(p.unit_leaders, 0) as "单元长（名）",
  cast(g.households / nullif(p.workers, 0) as decimal(18,2)) as "每名网格员（户）",
  coalesce(i.resolved, 0) as "办结事件（件）",
  cast(100 * i.resolved / nullif(i.tickets, 0) as decimal(9,2)) as "办结率（%）"
from grid as g
left join person as p using (township_name)
left join issue as i using (township_name)
order by g.grids desc, g.township_name
