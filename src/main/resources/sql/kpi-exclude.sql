insert into kpi_exclusion (kpi, subject, reason, who, approver) values (?, ?, ?, ?, ?)
on conflict (subject, kpi) where withdrawn_at is null do nothing
returning id
