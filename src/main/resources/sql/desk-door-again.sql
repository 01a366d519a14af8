-- Those that met the stop need not wait for its end. Parameters: door, what stopped it. Whatever else they wait for stays.
update effect e
set next_attempt_at = null, changed_at = clock_timestamp()
where e.ctid = any (array(
  select ctid from effect where door = ? and state = 'RETRY' and next_attempt_at > now() and reason = ? for update skip locked))
