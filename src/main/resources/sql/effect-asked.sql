-- Asked, and not yet known: how often it was not there, and when to ask again.
update effect
set asked = ?, next_attempt_at = now() + ?::interval
where subject = ? and id = ? and attempt = ? and asked = ? and state || '' = 'UNKNOWN'
