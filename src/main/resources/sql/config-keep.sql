insert into config_file (hash, content) values (?, ?) on conflict (hash) do nothing
