-- The published amounts of the terms of every figure of a division in a period, named as the terms are.
-- grain, key: indicator_code; source: mart_figure
-- parameters: period, division_code
select indicator_code, value, numerator, denominator
from mart_figure
where period = $period and division_code = $division_code
