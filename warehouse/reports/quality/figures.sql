-- The district's figures of the last year that has any, with what each rests on; those not final first.
-- grain, key: indicator_code x basis; sources: mart_figure
select indicator_code, indicator_name, period, value, unit, status, status_reasons
from mart_figure
where division_level = 'county'
  and period_grain = 'year'
  and basis = 'period'
  and period = (select max(period) from mart_figure where period_grain = 'year' and basis = 'period')
order by status = 'final', indicator_code
