insert into config_version (number, digest, files, diff, base, who, reason, state)
values ((select coalesce(max(number), 0) + 1 from config_version), ?, ?::jsonb, ?::jsonb, ?, ?, ?, 'PROPOSED')
returning number
