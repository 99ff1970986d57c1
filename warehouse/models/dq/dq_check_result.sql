-- Every check of this build, those that found nothing among them.
-- grain, key: table_name x check_name; sources: source_check_result
select * from source_check_result
