-- title: 台账借据应报有行政村
-- table: fact_loan_disbursement
-- kind: completeness
-- severity: warn
-- blocking: false
select institution_code, note_number, delivery_id, sheet_row
from fact_loan_disbursement
where division_key = 'unknown' and transaction_serial = ''
