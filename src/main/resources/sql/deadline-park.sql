-- It could not be recorded: the next try in a minute, then in two, four … at most a day.
update deadline
set state = 2, failures = failures + 1, wake_at = now() + least(interval '1 minute' * 2 ^ least(failures, 11), interval '1 day')
where subject = ? and id = ? and state = 0
