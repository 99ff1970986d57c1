-- Corrections that were not withdrawn, those not applied first.
-- grain, key: correction_file x correction_id; source: dq_correction
select
  c.correction_id, c.correction_file, c.staged_table, c.reporter_code, c.period, c.sheet_name, c.cell,
  c.expected_text, c.corrected_text, c.found_text, c.entered_by, c.entered_on, c.reason, c.state
from dq_correction as c
where c.state <> 'withdrawn'
order by c.state = 'applied', c.correction_file, c.correction_id
