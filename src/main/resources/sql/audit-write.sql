insert into audit (who, what, subject, reason, detail) values (?, ?, ?, ?, ?::jsonb)
