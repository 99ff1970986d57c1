-- Reporters with the number of their findings.
-- grain, key: reporter_code; sources: dim_reporter, dq_finding
select r.reporter_code, r.reporter_name, count(f.check_name) as findings
from dim_reporter as r
left join dq_finding as f on f.reporter_code = r.reporter_code
where r.is_current
group by r.reporter_code, r.reporter_name
order by r.reporter_code
