update effect e
set state = ?, reason = ?, next_attempt_at = now() + ?::interval, changed_at = clock_timestamp()
where subject = ? and id = ? and attempt = ? and state in ('SENDING', 'UNKNOWN')
returning exists (select from effect l where l.subject = e.subject and l.door = e.door and l.id > e.id and l.state = 'PENDING')
