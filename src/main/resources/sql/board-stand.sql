-- Where the hub stands, in numbers that change when something on the board does.
select (select last_value from audit_id_seq) as audit,
  (select xid::text || '/' || id from fact order by xid desc, id desc limit 1) as fact,
  (select count(*) from dead_letter where state = 'OPEN') as letters,
  (select coalesce(sum(replayed + failed), 0) from replay_job where state in ('RUNNING', 'PAUSED')) as replayed,
  (select count(*) from replay_job where state = 'RUNNING') as replays,
  (select count(*) from door_stop where until > now()) as stopped,
  (select count(*) from effect where state = 'DEAD') as dead,
  (select count(*) from effect where state = 'UNKNOWN') as unknown,
  (select coalesce(max(number), 0) from config_version) as configuration,
  (select count(*) from orders
    where anomaly <> 'NONE' and anomaly <> 'RESOLVED' or receipt_stage in ('OVERDUE', 'WRONG', 'LATE', 'LOST', 'DAMAGED')) as chases,
  hub_now() as now, (select rate from hub_clock) as rate
