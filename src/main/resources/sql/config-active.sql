select number, digest, made_at, who, reason, base, diff, state, failure, canary
from config_version
where state = 'ACTIVE'
order by number desc
limit 1
