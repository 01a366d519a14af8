insert into coverage (system, covered_until) values (?, ?::timestamptz)
on conflict (system) do update set covered_until = greatest(coverage.covered_until, excluded.covered_until)
