-- Other names of places.
-- grain: alias; key: division_code, alias; sources: ref_division_alias
select division_code, alias, status, note
from ref_division_alias
