select number, digest, made_at, who, reason, base, diff, state, failure, canary
from config_version
where number <= ?
order by number desc
limit ?
