-- One that lies ahead of the clock was written before the clock was set back: it covers nothing.
insert into coverage (system, covered_until) values (?, ?::timestamptz)
on conflict (system) do update set covered_until =
  case when coverage.covered_until > hub_now() then excluded.covered_until else greatest(coverage.covered_until, excluded.covered_until) end
