-- By hand, and with it what went in the same message and is not known either. What is under way is settled by whoever sends it.
-- What is sent again and may have arrived before knows it: args.again, e.g. for the mark on a label.
with settled as (
  update effect
  set args = case when effect.state = 'UNKNOWN' then args || '{"again": "yes"}' else args end, state = ?, reason = 'settled by hand', asked = 0, next_attempt_at = null, changed_at = clock_timestamp()
  where subject = ? and id = ? and state in ('PENDING', 'RETRY', 'UNKNOWN', 'DEAD')
  returning id, state, reason),
together as (
  update effect e
  set state = s.state, reason = s.reason, asked = 0, next_attempt_at = null, changed_at = clock_timestamp()
  from settled s
  where e.bundle = s.id and e.state = 'UNKNOWN')
select id from settled
