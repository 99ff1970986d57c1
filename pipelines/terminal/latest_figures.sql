-- Figures of the county of the latest year that each indicator has.
-- grain, key: indicator_code; source: mart_figure
select indicator_code, indicator_name, unit, period, value, status
from mart_figure
where division_level = 'county' and period_grain = 'year'
qualify row_number() over (partition by indicator_code order by period desc, basis desc) = 1
