-- Every system is taken as asked successfully all the time: whether it will be, nobody knows.
insert into coverage (system, covered_until) values (?, 'infinity') on conflict (system) do update set covered_until = 'infinity'
