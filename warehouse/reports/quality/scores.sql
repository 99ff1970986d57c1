-- How well each form is reported.
-- grain, key: staged_table x form_title; source: dq_quality_score
select staged_table, form_title, completeness_pct, timeliness_pct, validity_pct, consistency_pct, score_pct
from dq_quality_score
order by score_pct, staged_table
