-- What became of codes that left the list.
-- grain: code that left x code that it became; sources: ref_division_crosswalk
select from_code, to_code, relation, evidence, effective_date
from ref_division_crosswalk
