-- title: 台账借据应报有行政村
-- table: fact_loan_disbursement
-- kind: completeness
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
select delivery_id, sheet_name, sheet_block, sheet_row, 'village_code' as fields, institution_code, note_number
from fact_loan_disbursement
where division_key = 'unknown' and transaction_serial = ''
