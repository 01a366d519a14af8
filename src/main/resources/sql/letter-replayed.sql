update dead_letter
set state = 'REPLAYED', attempts = attempts + 1, changed_at = hub_now(), changed_by = ?, job = coalesce(?::bigint, job)
where id = ?
