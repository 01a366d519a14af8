-- Stays open, under what stopped it this time; whoever else had it meanwhile goes first.
update dead_letter
set attempts = attempts + 1, changed_at = hub_now(), changed_by = ?, reason = ?, place = ?, fingerprint = ?, job = null
where id = ? and state = 'OPEN' and attempts = ?
