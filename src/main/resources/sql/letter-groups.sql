select l.fingerprint, count(*) as letters, min(l.door) as door, min(l.system) as system, min(l.kind) as kind, min(l.reason) as reason,
  regexp_replace(min(l.place), ' partition .*', '') as place, min(l.arrived_at) as first_seen, max(l.arrived_at) as last_seen
from dead_letter l
where l.state = :state
  and (:fingerprint::text is null or l.fingerprint = :fingerprint)
  and (:door::text is null or l.door = :door)
  and (:system::text is null or l.system = :system)
  and (:since::timestamptz is null or l.arrived_at >= :since::timestamptz)
  and (:until::timestamptz is null or l.arrived_at < :until::timestamptz)
group by l.fingerprint
order by letters desc, l.fingerprint
limit 500
