select p.id, p.file, p.no, p.lines, p.place, p.raw, p.attempts, f.name
from dropped_piece p join dropped_file f on f.id = p.file
where f.system = ? and (p.retry_at is null or p.retry_at <= now())
order by p.id
limit 1
for update of p skip locked
