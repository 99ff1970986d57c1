-- The district's figures of the last full year, those of its bulletin, with what each rests on; those not final first.
-- Full: with at least half as many figures as the year that has the most, so not one of which the first reports are in.
-- grain, key: indicator_code x basis; sources: mart_figure
with
figures as (
  select indicator_code, indicator_name, period, basis, value, unit, status, status_reasons
  from mart_figure
  where division_level = 'county' and period_grain = 'year'
),
years as (
  select period, count(*) as figures
  from figures
  where basis = 'period'
  group by period
),
full_years as (
  select period
  from years
  where figures * 2 >= (select max(figures) from years)
)
select indicator_code, indicator_name, period, value, unit, status, status_reasons
from figures
where period = (select max(period) from full_years)
order by status = 'final', indicator_code, basis
