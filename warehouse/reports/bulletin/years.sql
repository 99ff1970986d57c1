-- The years with figures of the district, from deliveries (basis period) or from a list of divisions (its year).
-- grain, key: period x basis; source: mart_figure
select period, basis, count(*) as figures
from mart_figure
where division_level = 'county' and period_grain = 'year'
group by period, basis
order by period, basis
