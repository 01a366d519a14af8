-- What Kafka or a killed node lost: relayed again, or, where it may have been sent, left for a question to the partner.
-- Parameters: the repeatable doors, patience with RELAYED, patience with SENDING, the open doors. While a door is not open
-- nobody knows whether it is repeatable: what it was sending waits for it.
update effect
set state = case when state = 'RELAYED' then 'PENDING' when door = any (?) then 'RETRY' else 'UNKNOWN' end,
    reason = case when state = 'SENDING' then 'the hub stopped while sending' else reason end,
    changed_at = clock_timestamp()
where (state = 'RELAYED' and changed_at < now() - ?::interval)
   or (state = 'SENDING' and changed_at < now() - ?::interval and door = any (?))
returning door, state
