-- title: 到期的报送应都已收到
-- table: dq_expected_delivery
-- kind: completeness
-- importance: normal
-- missing: never_skip
-- blocking: false
-- doubts: none
-- among: is_due
select form_title, reporter_code, period, due_date, rejected_deliveries
from dq_expected_delivery
where timeliness = 'missing'
