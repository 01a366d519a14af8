insert into replay_job (id, which, letters, rate, who, reason) values (?, ?::jsonb, ?, ?, ?, ?)
