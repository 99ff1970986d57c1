-- Reporters: townships, subdistricts, bureaus and bank branches.
-- grain, key: reporter_code; sources: ref_reporter
select reporter_code, name as reporter_name, kind, division_code, valid_from, valid_to
from ref_reporter
