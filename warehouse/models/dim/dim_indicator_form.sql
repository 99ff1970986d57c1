-- Which forms an indicator needs.
-- grain, key: indicator_code x staged_table x period_grain; sources: source_indicator_form
select * from source_indicator_form
