-- state || '': found by key, never through the partial index of all that are under way, which statistics of a quiet hour call empty.
with u as (
  select *
  from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
    as u (subject, id, attempt, state, reason, wait, stopped)),
settled as (
  update effect e
  set state = u.state, reason = u.reason, next_attempt_at = now() + u.wait::interval, changed_at = clock_timestamp(),
    attempt = e.attempt - u.stopped::boolean::int -- where the partner takes nothing at all it does not count
  from u
  where e.subject = u.subject and e.id = u.id and e.attempt = u.attempt and e.state || '' in ('SENDING', 'UNKNOWN')
  returning e.subject, e.id, e.door, u.state, u.reason, u.wait),
-- What went in the same message shares its fate.
together as (
  update effect e
  set state = s.state, reason = s.reason, next_attempt_at = now() + s.wait::interval, changed_at = clock_timestamp()
  from settled s
  where e.bundle = s.id and e.state in ('SENDING', 'UNKNOWN'))
select exists (select from effect l where l.subject = s.subject and l.door = s.door and l.id > s.id and l.state = 'PENDING') from settled s
