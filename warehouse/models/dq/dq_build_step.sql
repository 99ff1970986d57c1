-- What each relation and check of this build was made of, and what it holds, as hashes.
-- grain, key: kind x name; sources: source_build_step
select * from source_build_step
