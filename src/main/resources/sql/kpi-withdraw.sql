update kpi_exclusion set withdrawn_at = hub_now(), withdrawn_by = ?, withdrawn_why = ?
where id = ? and withdrawn_at is null
returning subject, kpi
