select j.id, j.state, j.which, j.letters, j.rate, j.replayed, j.failed, j.who, j.reason, j.opened_at, j.settled_at,
  (select count(*) from dead_letter l where l.job = j.id and l.state = 'OPEN' and j.state in ('RUNNING', 'PAUSED')) as left_over
from replay_job j
where j.id = ?
