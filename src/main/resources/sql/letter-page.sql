select l.id, l.door, l.system, l.client, l.correlation, l.reason, l.place, l.fingerprint, l.kind, l.size, encode(l.sha256, 'hex') as sha256,
  l.arrived_at, l.state, l.attempts, l.changed_at, l.changed_by, l.job
from dead_letter l
where l.state = :state and l.id > :after
  and (:fingerprint::text is null or l.fingerprint = :fingerprint)
  and (:door::text is null or l.door = :door)
  and (:system::text is null or l.system = :system)
  and (:since::timestamptz is null or l.arrived_at >= :since::timestamptz)
  and (:until::timestamptz is null or l.arrived_at < :until::timestamptz)
order by l.id
limit :limit
