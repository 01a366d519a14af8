insert into ladder_version (ladder, version, rungs) values (?, ?, ?::jsonb) on conflict (ladder, version) do nothing
