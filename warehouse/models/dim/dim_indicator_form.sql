-- Forms that each indicator needs.
-- grain, key: indicator_code x staged_table x period_grain x year_role; sources: source_indicator_form
select * from source_indicator_form
