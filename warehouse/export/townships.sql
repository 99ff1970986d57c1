-- The township that each division lies in, by the last version of its code; a township lies in itself.
-- grain, key: division_code; sources: dim_division
select division_code, township_code
from dim_division
where lookup_to = date '9999-12-31'
