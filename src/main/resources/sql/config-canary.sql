-- One whose base is no longer in force (a start from the disk, an undoing) is over.
select number, digest, made_at, who, reason, base, diff, state, failure, canary
from config_version
where state = 'CANARY' and base = (select max(number) from config_version where state = 'ACTIVE')
order by number desc
limit 1
