-- Doors that nothing is sent to now, and what waits there.
select s.door, s.reason, s.stopped_at, s.until,
  (select count(*) from effect e where e.door = s.door and e.state in ('PENDING', 'RETRY')) as waiting
from door_stop s
where s.until > now()
order by s.stopped_at, s.door
