select l.id, l.door, l.system, l.client, l.correlation, l.reason, l.place, l.fingerprint, l.kind, l.size, encode(l.sha256, 'hex') as sha256,
  l.arrived_at, l.state, l.attempts, l.changed_at, l.changed_by, l.job, l.raw
from dead_letter l
where l.id = ?
