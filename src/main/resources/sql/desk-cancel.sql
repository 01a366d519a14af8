with gone as (delete from deadline where subject = ? and id = ? returning *)
insert into deadline_done (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at, settled_at)
select subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, 'CANCELLED', opened_at, hub_now() from gone
