select f.key, c.content
from config_version v
cross join lateral jsonb_each_text(v.files) as f
join config_file c on c.hash = f.value
where v.number = ?
