-- Villages, and those with a bus service; a single row.
-- source: mart_village_overview
select count(*) as villages, count(*) filter (where has_bus_service) as villages_with_bus
from mart_village_overview
