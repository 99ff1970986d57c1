-- Figures by place: of the county and of townships in a year and what came before, of villages in that year alone.
-- grain, key: indicator_code x basis x division_code x period; sources: mart_figure, dim_division
-- parameters: year, first_year
with village as (
  select division_code, max_by(township_code, valid_from) as township_code
  from dim_division
  where level in ('village', 'community')
  group by division_code
)

select
  f.indicator_code,
  f.division_code,
  f.division_name,
  f.division_level,
  v.township_code,
  f.period,
  f.period_grain,
  f.value,
  f.status
from mart_figure as f
left join village as v on v.division_code = f.division_code
where left(f.period, 4) between $first_year and $year
  and f.value is not null
  and (
    f.division_level in ('county', 'town', 'township', 'subdistrict', 'zone')
    or (v.division_code is not null and f.period = $year)
  )
order by f.indicator_code, f.division_code, f.period
