-- title: 报送应在应报日期前收到
-- table: dq_expected_delivery
-- kind: completeness
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
-- among: is_due
select form_title, reporter_code, period, due_date, first_accepted_at
from dq_expected_delivery
where timeliness = 'late'
