-- Deliveries that are missing, or came late.
-- grain, key: staged_table x form_title x reporter_code x period; source: dq_expected_delivery
select *
from dq_expected_delivery
where timeliness in ('late', 'missing')
order by timeliness desc, due_date desc
