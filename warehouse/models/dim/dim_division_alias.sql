-- Other names of places.
-- grain, key: division_code x alias; sources: ref_division_alias
select division_code, alias, expected_name, status, note, added_by, added_on
from ref_division_alias
