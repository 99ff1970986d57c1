-- The years with figures of the district, from deliveries (basis period) or from a list of divisions (its year).
-- grain, key: period x basis; source: mart_figure
select distinct period, basis
from mart_figure
where division_level = 'county' and period_grain = 'year'
order by period, basis
