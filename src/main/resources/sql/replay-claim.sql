-- One node works on a job: its own one goes on, one whose node has been silent is taken over.
update replay_job set node = ?, seen_at = now()
where id = (
  select id from replay_job
  where state = 'RUNNING' and (node is null or node = ? or seen_at < now() - interval '15 seconds')
  order by id limit 1
  for update skip locked)
returning id, rate, who
