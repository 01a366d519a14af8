-- All that there is: a rehearsal's database holds one timeline at a time.
select 'fact' as kind, id, name as word, source as more, happened_at as at, recorded_at as later, null as args from fact
union all
select 'effect', id, door, addressee, not_before, planned_at, args::text from effect
union all
select 'open', id, ladder || '/' || rung, null, due_at, opened_at, case when provisional then 'provisional' end from deadline
union all
select case when settled_by = opened_by and settled_at = opened_at then 'never' else 'done' end, id, ladder || '/' || rung, state, due_at, settled_at, null
from deadline_done
order by 2
