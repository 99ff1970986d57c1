-- title: 可加的指标数，各乡镇街道与未分乡镇相加应等于区县
-- table: mart_figure
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
select
  f.indicator_code,
  f.period,
  f.basis,
  sum(case when f.division_level <> 'county' then f.value end) as parts,
  max(case when f.division_level = 'county' then f.value end) as county
from mart_figure as f
inner join dim_indicator as i on i.indicator_code = f.indicator_code and i.adds_up_over_divisions
where f.division_level in ('county', 'town', 'township', 'subdistrict', 'zone', 'unassigned') and i.basis <> 'list'
group by f.indicator_code, f.period, f.basis
having coalesce(sum(case when f.division_level <> 'county' then f.value end), 0)
  <> coalesce(max(case when f.division_level = 'county' then f.value end), 0)
