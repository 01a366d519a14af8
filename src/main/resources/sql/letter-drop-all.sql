update dead_letter l set state = 'DROPPED', changed_at = hub_now(), changed_by = :who
where l.state = 'OPEN'
  and (:fingerprint::text is null or l.fingerprint = :fingerprint)
  and (:door::text is null or l.door = :door)
  and (:system::text is null or l.system = :system)
  and (:since::timestamptz is null or l.arrived_at >= :since::timestamptz)
  and (:until::timestamptz is null or l.arrived_at < :until::timestamptz)
