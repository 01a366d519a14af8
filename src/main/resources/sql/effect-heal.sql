-- What Kafka or a killed node lost: relayed again, or, where it may have been sent, left for a question to the partner.
-- Parameters: the repeatable doors, those whose partner can be asked, after how long it is asked, patience with RELAYED, patience with
-- SENDING, the open doors. While a door is not open nobody knows what its partner is like: what it was sending waits for it.
update effect
set state = case when state = 'RELAYED' then 'PENDING' when door = any (?) then 'RETRY' else 'UNKNOWN' end,
    reason = case when state = 'SENDING' then 'the hub stopped while sending' else reason end,
    next_attempt_at = case when state = 'SENDING' and door = any (?) then now() + ?::interval end,
    changed_at = clock_timestamp()
where (state = 'RELAYED' and changed_at < now() - ?::interval)
   or (state = 'SENDING' and changed_at < now() - ?::interval and door = any (?))
returning door, state
