-- What senders say to queries: an answer to a reason of an earlier reply, or in a column of the form.
-- grain: answer; sources: source_answer
select * from source_answer
