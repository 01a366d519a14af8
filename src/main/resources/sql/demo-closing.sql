-- What the hub says happened, one line a thing. The patrols and how far partners were read depend on how long the demo runs,
-- and how many messages managers get on what was gathered, so they are left out.
with effects as (
  select door, subject, args ->> 'action' as action, coalesce(args ->> 'task', (select replace(f.data ->> 'ladder', 'anomaly-', '') from fact f where f.subject = effect.subject and f.id = fact_id)) as task, state
  from effect where door <> 'receipt85-fetch-receipts')
select 1 as part, 'orders' as what, (select count(*) from orders) as hub
union all select 1, 'waybills', (select count(*) from orders where waybill_no is not null)
union all select 1, 'labels', (select count(*) from effects where door = 'printer-print-label' and state = 'ACCEPTED')
union all select 1, 'pickups', (select count(*) from effects where door = 'postal-request-pickup' and state = 'ACCEPTED')
union all select 1, 'scans', (select count(*) from fact where source = 'postal' and name like 'parcel.%')
union all select 1, 'statuses', (select count(*) from effects where door = 'gov-send-status' and state = 'ACCEPTED')
union all select 1, 'sms', (select count(*) from effects where door like 'sms-%' and state = 'ACCEPTED')
union all select 1, 'receipts good', (select count(*) from fact where name = 'receipt.returned')
union all select 1, 'receipts wrong', (select count(*) from fact where name = 'receipt.wrong')
union all select 1, 'chases opened', (select count(*) from effects where door = 'inquiry-send-case' and action = 'open' and state = 'ACCEPTED')
union all select 1, 'orders reminded', (select count(distinct subject) from effects where door = 'inquiry-send-case' and action = 'remind' and state = 'ACCEPTED')
union all select 1, 'chases closed', (select count(*) from effects where door = 'inquiry-send-case' and action = 'close' and state = 'ACCEPTED')
union all select 1, 'tickets', (select count(distinct (subject, task)) from effects where door = 'ticket-send-entry' and action = 'open' and state = 'ACCEPTED')
union all select 1, 'ticket entries', (select count(*) from effects where door = 'ticket-send-entry' and action in ('open', 'comment') and state = 'ACCEPTED')
union all select 1, 'tickets closed', (select count(*) from effects where door = 'ticket-send-entry' and action = 'close' and state = 'ACCEPTED')
union all select 1, 'mails', (select count(*) from effects where door like 'mail-%' and state = 'ACCEPTED')
union all (select 2, name, count(*) from fact where name not in ('patrol.due', 'receipts.pulled', 'receipts.page-read', 'tickets.read', 'alert.delivered') group by name order by name)
union all (select 3, door || ' ' || state, count(*) from effects group by door, state order by door, state)
union all (select 4, ladder || ' ' || state, count(*)
           from (select ladder, 'open' as state from deadline union all select ladder, lower(state) from deadline_done) d
           group by ladder, state order by ladder, state)
union all select 5, 'dead letters', (select count(*) from dead_letter)
