-- Other names of places.
-- grain, key: division_code x alias; sources: ref_division_alias
select division_code, alias, status, note
from ref_division_alias
