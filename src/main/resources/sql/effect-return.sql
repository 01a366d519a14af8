-- Not sent: it waits again, for so long. Nothing was attempted.
-- state || '': found by key, never through the partial index of all that are under way, which statistics of a quiet hour call empty.
update effect e
set state = 'PENDING', next_attempt_at = now() + u.wait::interval, changed_at = clock_timestamp()
from unnest(?::bigint[], ?::bigint[], ?::text[]) as u (subject, id, wait)
where e.subject = u.subject and e.id = u.id and e.state || '' = 'RELAYED'
