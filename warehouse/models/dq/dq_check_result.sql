-- Results of every check of this build, also of those without failed rows.
-- grain, key: table_name x check_name; sources: source_check_result
select * from source_check_result
