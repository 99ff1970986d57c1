-- Successors of the codes that left the list.
-- grain: from_code x to_code; sources: ref_division_crosswalk
select from_code, to_code, relation, evidence, effective_date
from ref_division_crosswalk
