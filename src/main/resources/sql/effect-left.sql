select count(*) from effect
where state = 'SENDING' and changed_at >= ?::timestamptz and changed_at < ?::timestamptz and door = any (?)
