update replay_job j set state = 'DONE', settled_at = now(), node = null
where j.id = ? and j.state = 'RUNNING' and j.node = ?
  and not exists (select from dead_letter l where l.job = j.id and l.state = 'OPEN')
