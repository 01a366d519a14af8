update replay_job set replayed = replayed + ?, failed = failed + ?, seen_at = now()
where id = ? and state = 'RUNNING' and node = ?
