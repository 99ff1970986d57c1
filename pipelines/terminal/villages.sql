-- Villages, those that said whether they have a bus service, and those that have one; a single row.
-- source: mart_village_overview
-- Where no village has said, none is without: the count is null, not nothing.
select
  count(*) as villages,
  count(has_bus_service) as villages_reported,
  case when count(has_bus_service) > 0 then count(*) filter (where has_bus_service) end as villages_with_bus
from mart_village_overview
