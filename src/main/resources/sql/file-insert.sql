insert into dropped_file (id, system, name, claimed, sha256, size, lines, series, period_at, state, fault)
values (?, ?, ?, ?, '', 0, 0, ?, ?, ?, ?)
