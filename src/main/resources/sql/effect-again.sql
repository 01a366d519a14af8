-- Relayed again from the rows. What is being sent is sent again only where the partner takes it twice for one. Parameters: from, to,
-- the doors, those of them that are repeatable.
update effect
set state = case state when 'RELAYED' then 'PENDING' else 'RETRY' end, next_attempt_at = null, changed_at = clock_timestamp()
where state in ('RELAYED', 'SENDING') and changed_at >= ?::timestamptz and changed_at < ?::timestamptz
  and door = any (?) and (state = 'RELAYED' or door = any (?))
returning door
