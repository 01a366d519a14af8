update replay_job set state = ?, settled_at = case when ? = 'CANCELLED' then now() end, node = null
where id = ? and state = any (string_to_array(?, ','))
