insert into dead_letter (id, door, system, client, correlation, reason, place, fingerprint, kind, size, sha256, raw, arrived_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, hub_now())
on conflict (correlation) where kind = 'RECORD' do nothing
