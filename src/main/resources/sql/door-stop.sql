-- Parameters: door, why, for how long. Stopped again, it keeps the instant since which it is.
insert into door_stop (door, reason, until) values (?, ?, now() + ?::interval)
on conflict (door) do update
set reason = excluded.reason, until = excluded.until,
  stopped_at = case when door_stop.until > now() - interval '1 hour' then door_stop.stopped_at else now() end
