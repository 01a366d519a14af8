-- It is tried again from now on. Parameter: door. The instant until which it would have been stopped is told.
with stop as (select * from door_stop where door = ? and until > now() for update),
opened as (update door_stop d set until = now() from stop where d.door = stop.door)
select s.door, s.reason, s.stopped_at, s.until,
  (select count(*) from effect e where e.door = s.door and e.state in ('PENDING', 'RETRY')) as waiting
from stop s
