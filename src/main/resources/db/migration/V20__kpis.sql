-- KPIs. Every KPI is a set of items with a verdict each: met, missed, or not to be judged yet. A ratio is met ÷ (met + missed), computed where it is shown; here are only
-- counts, so that days and counties can be added up. "Now" is the hub's business clock. What was taken back (retracted) is as if it had never been; what came late counts by when it
-- happened, not by when it was heard of.

-- What an item's day is, as an index: one entry for a range of blocks, next to nothing for who writes.
create index fact_kpi_day on fact using brin (((happened_at at time zone 'Asia/Shanghai')::date) date_minmax_multi_ops)
  where name in ('parcel.accepted', 'parcel.arrived', 'parcel.delivered', 'return.dispatched', 'receipt.overdue', 'receipt.wrong', 'receipt.late', 'receipt.posted',
    'receipt.returned', 'complaint.received', 'anomaly.reached-level-3', 'anomaly.reached-level-2', 'anomaly.reached-level-1', 'label.printed');
create index effect_kpi_day on effect using brin (((planned_at at time zone 'Asia/Shanghai')::date) date_minmax_multi_ops)
  where door in ('printer-print-label', 'gov-send-status', 'sms-send-notice');

-- The first instant after the n-th natural day after this one.
create function kpi_end(day date, days integer) returns timestamptz immutable language sql as
  $$ select (day + days + 1)::timestamp at time zone 'Asia/Shanghai' $$;

create function kpi_date(at timestamptz) returns date immutable language sql as
  $$ select (at at time zone 'Asia/Shanghai')::date $$;

-- Days of a period like P2D; anything else counts as two, as the ladders' own default does.
create function kpi_days(period text) returns integer immutable language sql as
  $$ select coalesce(substring(period from '^P([0-9]{1,3})D$')::integer, 2) $$;

-- One order's way in instants. Written to be inlined: a condition on the order reads its facts only.
create function kpi_journey(order_id bigint) returns table (
  accepted_id bigint, accepted_at timestamptz,   -- the first acceptance that was not taken back
  arrived_id bigint, arrived_at timestamptz,     -- the last arrival at a delivery unit
  delivered_id bigint, delivered_at timestamptz, -- the first delivery that was not taken back
  attempts timestamptz[],                        -- failed attempts that were not taken back, in their order
  returned_id bigint, returned_at timestamptz, return_reason text,
  reviewed_at timestamptz,                       -- two different persons reviewed the return
  told_id bigint, told_at timestamptz,           -- the first word of the 85 system about the receipt, good or not
  info_at timestamptz,                           -- the first word that the receipt is on its way or back, not taken back
  receipt_at timestamptz,                        -- the receipt is back, and was not found wrong, lost or damaged since
  chased_id bigint, chased_at timestamptz,
  resigned_at timestamptz, complained_at timestamptz, undelivered_at timestamptz, calls timestamptz[])
stable language sql as $$
select
  (array_agg(id order by happened_at, id) filter (where name = 'parcel.accepted' and happened_at > accepted_back))[1],
  min(happened_at) filter (where name = 'parcel.accepted' and happened_at > accepted_back),
  (array_agg(id order by happened_at desc, id desc) filter (where name = 'parcel.arrived'))[1],
  max(happened_at) filter (where name = 'parcel.arrived'),
  (array_agg(id order by happened_at, id) filter (where name = 'parcel.delivered' and happened_at > delivered_back))[1],
  min(happened_at) filter (where name = 'parcel.delivered' and happened_at > delivered_back),
  coalesce(array_agg(happened_at order by happened_at) filter (where name = 'parcel.attempt-failed' and not coalesce(undone, false)), '{}'),
  (array_agg(id order by happened_at, id) filter (where name = 'return.dispatched'))[1],
  min(happened_at) filter (where name = 'return.dispatched'),
  max(data ->> 'reasonCode') filter (where name in ('return.reviewed', 'return.dispatched')),
  min(happened_at) filter (where name = 'return.reviewed' and data ->> 'firstReviewer' <> data ->> 'secondReviewer'),
  (array_agg(id order by happened_at, id) filter (where name in ('receipt.posted', 'receipt.returned', 'receipt.wrong')))[1],
  min(happened_at) filter (where name in ('receipt.posted', 'receipt.returned', 'receipt.wrong')),
  min(happened_at) filter (where name in ('receipt.posted', 'receipt.returned') and happened_at > info_back),
  min(happened_at) filter (where name = 'receipt.returned' and happened_at > receipt_back),
  (array_agg(id order by happened_at, id) filter (where name in ('receipt.overdue', 'receipt.wrong', 'receipt.late') and happened_at > delivered_back))[1],
  min(happened_at) filter (where name in ('receipt.overdue', 'receipt.wrong', 'receipt.late') and happened_at > delivered_back),
  min(happened_at) filter (where name = 'receipt.resign-sent'),
  min(happened_at) filter (where name = 'complaint.received'),
  min(happened_at) filter (where name = 'quality.undelivered'),
  coalesce(array_agg(happened_at) filter (where name = 'callback.done'), '{}')
from (
  select id, name, happened_at, data,
    coalesce(max(happened_at) filter (where name = 'parcel.acceptance-retracted') over (), '-infinity') as accepted_back,
    coalesce(max(happened_at) filter (where name = 'parcel.delivery-retracted') over (), '-infinity') as delivered_back,
    coalesce(max(happened_at) filter (where name in ('receipt.retracted', 'parcel.delivery-retracted')) over (), '-infinity') as info_back,
    coalesce(max(happened_at) filter (where name in ('receipt.retracted', 'parcel.delivery-retracted', 'receipt.wrong', 'receipt.lost', 'receipt.damaged',
      'receipt.resign-sent')) over (), '-infinity') as receipt_back,
    -- Each retraction undoes the last attempt before it that stands: then the tally falls below what it was with that attempt.
    tally > min(tally) over (order by happened_at, name = 'parcel.attempt-retracted', id rows between 1 following and unbounded following) as undone
  from (
    select id, name, happened_at, data,
      sum(case name when 'parcel.attempt-failed' then 1 when 'parcel.attempt-retracted' then -1 else 0 end)
        over (order by happened_at, name = 'parcel.attempt-retracted', id) as tally
    from fact
    where subject = order_id
      and name in ('parcel.accepted', 'parcel.acceptance-retracted', 'parcel.arrived', 'parcel.delivered', 'parcel.delivery-retracted', 'parcel.attempt-failed',
        'parcel.attempt-retracted', 'return.reviewed', 'return.dispatched', 'receipt.posted', 'receipt.returned', 'receipt.retracted', 'receipt.wrong', 'receipt.late',
        'receipt.overdue', 'receipt.lost', 'receipt.damaged', 'receipt.resign-sent', 'complaint.received', 'quality.undelivered', 'callback.done')) as counted) as told
$$;

create view kpi_posted as
select k.kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, k.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when (select hub_now()) >= k.due_at then k.met end as met, k.due_at, k.hours
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
cross join lateral (select (a.happened_at at time zone 'Asia/Shanghai')::date as day, kpi_days(o.detail ->> 'promise') as promise,
  least(j.attempts[1], j.undelivered_at) as trigger) p
cross join lateral (values
  (case p.promise when 1 then 'promise-t1' when 2 then 'promise-t2' else 'promise-other' end, true, o.county,
    coalesce(least(j.attempts[1], j.delivered_at) < kpi_end(p.day, p.promise), false), kpi_end(p.day, p.promise), null::numeric),
  ('delivered-3d', true, o.county, coalesce(j.delivered_at < kpi_end(p.day, 3), false), kpi_end(p.day, 3), null),
  ('delivered-5d', true, o.county, coalesce(j.delivered_at < kpi_end(p.day, 5), false), kpi_end(p.day, 5), null),
  ('delivered-7d', true, o.county, coalesce(j.delivered_at < kpi_end(p.day, 7), false), kpi_end(p.day, 7), null),
  ('returned', true, o.county, coalesce(j.returned_at < kpi_end(p.day, 15), false), kpi_end(p.day, 15), null),
  ('receipt-per-accepted', o.receipt in ('PHYSICAL', 'OWN_FORM'), o.county, coalesce(j.receipt_at < kpi_end(p.day, 15), false), kpi_end(p.day, 15), null),
  ('call-delivered', coalesce(j.delivered_at < kpi_end(p.day, 2), false), o.dest_county,
    exists (select from unnest(j.calls) c where c < kpi_end(p.day, 3)), kpi_end(p.day, 3), null),
  -- What went back before the call was due is not called any more.
  ('call-undelivered', p.trigger is not null and not coalesce(j.returned_at < kpi_end(kpi_date(p.trigger), 1), false), o.dest_county,
    exists (select from unnest(j.calls) c where c >= p.trigger and c < kpi_end(kpi_date(p.trigger), 1)), kpi_end(kpi_date(p.trigger), 1), null),
  ('complained', true, o.county, coalesce(j.complained_at < kpi_end(p.day, 15), false), kpi_end(p.day, 15), null)
) as k (kpi, applies, county, met, due_at, hours)
where a.name = 'parcel.accepted' and a.id = j.accepted_id and k.applies;
comment on view kpi_posted is 'KPIs by the day of acceptance: promise-t1, -t2, -other (R08, R09, A02), delivered-3d, -5d, -7d (R05), returned (R52), receipt-per-accepted (R63), call-delivered (R45), call-undelivered (R46), complained (R81)';

create view kpi_delivered as
select k.kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when k.ripe then k.met end as met, k.due_at, k.hours
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
cross join lateral (select kpi_end((a.happened_at at time zone 'Asia/Shanghai')::date, kpi_days(o.detail ->> 'receiptDue')) as due_at,
  kpi_end((j.accepted_at at time zone 'Asia/Shanghai')::date, kpi_days(o.detail ->> 'promise')) as promised,
  o.receipt in ('PHYSICAL', 'OWN_FORM') as owed) r
cross join lateral (values
  ('first-attempt', true, coalesce(j.attempts[1] > j.delivered_at, true), a.happened_at, true, null::numeric),
  ('delivered-in-promise', r.promised is not null, j.delivered_at < r.promised, a.happened_at, true,
    round((extract(epoch from j.delivered_at - j.accepted_at) / 3600)::numeric, 2)),
  ('receipt-in-time', r.owed, coalesce(j.info_at < r.due_at, false), r.due_at, (select hub_now()) >= r.due_at
    and coalesce((select covered_until from coverage where system = 'receipt85') >= r.due_at - interval '1 second', false), null),
  ('receipt-per-due', r.owed, coalesce(j.receipt_at < r.due_at + interval '5 days', false), r.due_at + interval '5 days',
    (select hub_now()) >= r.due_at + interval '5 days'
    and coalesce((select covered_until from coverage where system = 'receipt85') >= r.due_at + interval '5 days' - interval '1 second', false), null)
) as k (kpi, applies, met, due_at, ripe, hours)
where a.name = 'parcel.delivered' and a.id = j.delivered_id and k.applies;
comment on view kpi_delivered is 'KPIs by the day of delivery: first-attempt (R40), delivered-in-promise (R05), receipt-in-time (R67, A03, A32), receipt-per-due (R63, A05). A receipt is judged only where the 85 system was asked successfully up to when it was due';

create view kpi_arrived as
select 'three-attempts'::text as kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when (select hub_now()) > d.due_at then t.tries >= 3 and t.dates >= 2 end as met, d.due_at, null::numeric as hours
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
cross join lateral (
  select due_at from deadline where subject = a.subject and ladder = 'attempts' and rung = 'missed' and opened_by = a.id
  union all
  select due_at from deadline_done where subject = a.subject and ladder = 'attempts' and rung = 'missed' and opened_by = a.id
  limit 1) d
cross join lateral (select count(*) as tries, count(distinct kpi_date(t)) as dates from unnest(j.attempts) t where t >= a.happened_at and t <= d.due_at) t
where a.name = 'parcel.arrived' and a.id = j.arrived_id
  and not coalesce(j.delivered_at <= d.due_at, false)
  -- Refused by the recipient (104) or moved away, nobody knows where to (126): may go back without three attempts (A24, A25).
  and not coalesce(j.returned_at <= d.due_at and j.return_reason in ('104', '126'), false);
comment on view kpi_arrived is 'KPI by the day of arrival at the delivery unit: three-attempts (R47, A06, A07). Of what was not delivered by the end of the fifth working day, as the deadline of the ladder attempts has it';

create view kpi_returned as
select 'two-reviewers'::text as kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, coalesce(j.reviewed_at <= a.happened_at, false) as met, a.happened_at as due_at, null::numeric as hours
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
where a.name = 'return.dispatched' and a.id = j.returned_id;
comment on view kpi_returned is 'KPI by the day of the return: two-reviewers (R51, R61). Judged at once';

create view kpi_receipt as
select k.kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when (select hub_now()) >= k.due_at then k.met end as met, k.due_at, k.hours
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
cross join lateral (select (a.happened_at at time zone 'Asia/Shanghai')::date as day) p
cross join lateral (values
  ('chase-closed', a.id = j.chased_id, coalesce(j.receipt_at < kpi_end(p.day, 3), false), kpi_end(p.day, 3),
    round((extract(epoch from greatest(j.receipt_at - j.chased_at, interval '0')) / 3600)::numeric, 2)),
  ('re-signed', a.id = j.told_id, coalesce(j.resigned_at < kpi_end(p.day, 15), false), kpi_end(p.day, 15), null)
) as k (kpi, applies, met, due_at, hours)
where a.name in ('receipt.overdue', 'receipt.wrong', 'receipt.late', 'receipt.posted', 'receipt.returned') and k.applies;
comment on view kpi_receipt is 'KPIs by the day of the first chase, or of the first word about a receipt: chase-closed (R67, R68; hours until the receipt was back), re-signed (R72, R73)';

create view kpi_complaint as
select k.kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when (select hub_now()) >= k.due_at then k.met end as met, k.due_at, k.hours
from fact a
join orders o on o.id = a.subject
cross join lateral (
  select min(h.happened_at) as at from fact h
  where h.subject = a.subject and h.name = 'complaint.handled' and h.happened_at >= a.happened_at
    and (h.data ->> 'complaintNo' = a.data ->> 'complaintNo' or h.data ->> 'complaintNo' is null or a.data ->> 'complaintNo' is null)) h
cross join lateral (
  -- One of the same recipient, still open, or closed less than thirty days ago.
  select exists (
    select from orders b join fact c on c.subject = b.id
    where b.phone_hash = o.phone_hash and c.name = 'complaint.received' and (c.happened_at, c.id) < (a.happened_at, a.id)
      and not exists (
        select from fact r where r.subject = c.subject and r.name = 'anomaly.resolved' and r.happened_at >= c.happened_at
          and kpi_end(kpi_date(r.happened_at), 30) <= a.happened_at)) as repeated) b
cross join lateral (values
  ('complaint-answered', coalesce(h.at <= a.happened_at + interval '2 hours', false), a.happened_at + interval '2 hours',
    round((extract(epoch from h.at - a.happened_at) / 3600)::numeric, 2)),
  ('complained-again', b.repeated, a.happened_at, null)
) as k (kpi, met, due_at, hours)
where a.name = 'complaint.received'
union all
select 'level-' || right(a.name, 1), o.id, a.id, a.happened_at, (a.happened_at at time zone 'Asia/Shanghai')::date, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}', true, a.happened_at, null
from fact a join orders o on o.id = a.subject
where a.name in ('anomaly.reached-level-3', 'anomaly.reached-level-2', 'anomaly.reached-level-1');
comment on view kpi_complaint is 'KPIs by the day of the complaint, or on which a level was reached: complaint-answered (R77, A12; hours until it was acted upon), complained-again (R81, A14), and the counts level-3, level-2, level-1 (R83, R84, R85)';

create view kpi_channel as
select case e.door when 'printer-print-label' then 'label-printed' when 'gov-send-status' then 'status-in-time' else 'sms-delivered' end as kpi,
  o.id as subject, e.id, e.planned_at as at, (e.planned_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document,
  case
    when e.door = 'gov-send-status' and (select hub_now()) >= k.due_at then e.state = 'ACCEPTED' and s.settled_at <= k.due_at
    when e.door = 'printer-print-label' and (e.state in ('ACCEPTED', 'DEAD') or (select hub_now()) >= k.due_at) then e.state = 'ACCEPTED'
    when e.door = 'sms-send-notice' and (select hub_now()) >= k.due_at then exists (
      select from fact n where n.subject = e.subject and n.name = 'notice.delivered' and n.data ->> 'template' = e.args ->> 'template' and n.happened_at >= e.planned_at)
  end as met, k.due_at, null::numeric as hours
from effect e
join orders o on o.id = e.subject
-- The door settles by the wall clock; the hub's clock is that one moved.
cross join lateral (select c.hub_at + (e.changed_at - c.wall_at) * c.rate as settled_at from hub_clock c) s
cross join lateral (select case e.door
    when 'gov-send-status' then e.planned_at + interval '5 minutes'
    when 'printer-print-label' then e.planned_at + interval '1 day'
    else greatest(e.planned_at, e.not_before) + interval '3 days' end as due_at) k
where e.door in ('printer-print-label', 'gov-send-status', 'sms-send-notice')
  and e.args ->> 'template' is distinct from 'again' -- a second try of the one before it
union all
select 'label-reprinted', o.id, a.id, a.happened_at, (a.happened_at at time zone 'Asia/Shanghai')::date, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}', case when (select hub_now()) >= k.due_at then r.asked end, k.due_at, null
from fact a
join orders o on o.id = a.subject
cross join lateral (select kpi_end((a.happened_at at time zone 'Asia/Shanghai')::date, 1) as due_at) k
cross join lateral (select exists (
  select from fact f where f.subject = a.subject and f.name = 'label.reprint-asked' and f.happened_at < k.due_at) as asked) r
where a.name = 'label.printed'
  and not exists (select from fact b where b.subject = a.subject and b.name = 'label.printed' and (b.happened_at, b.id) < (a.happened_at, a.id));
comment on view kpi_channel is 'KPIs by the day on which something was owed at a door: label-printed, label-reprinted (R17, R21), sms-delivered (R29, R95), status-in-time (R20)';

-- What is left out of a KPI, by whom and why; * is every KPI. A row stays when it is withdrawn.
create table kpi_exclusion (
  id           bigint generated always as identity primary key,
  kpi          text not null,
  subject      bigint not null, -- the order
  reason       text not null,
  who          text not null,   -- who asked for it
  approver     text not null,   -- who agreed: another one
  at           timestamptz not null default hub_now(),
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_why text,
  check (who <> approver)
);
create unique index kpi_exclusion_stands on kpi_exclusion (subject, kpi) where withdrawn_at is null;

create view kpi_item as
select i.*, coalesce(x.id, y.id) as exclusion, coalesce(x.reason, y.reason) as excluded_for
from (
  select * from kpi_posted
  union all select * from kpi_delivered
  union all select * from kpi_arrived
  union all select * from kpi_returned
  union all select * from kpi_receipt
  union all select * from kpi_complaint
  union all select * from kpi_channel) as i
-- Two joins and no "or": there are few exclusions and very many items.
left join kpi_exclusion x on x.subject = i.subject and x.kpi = i.kpi and x.withdrawn_at is null
left join kpi_exclusion y on y.subject = i.subject and y.kpi = '*' and y.withdrawn_at is null;
comment on view kpi_item is 'Every item of every KPI, with its verdict and whether it is left out. Ask for days: the condition reads only those';

create view kpi_day as
select kpi, day, county, client, payer, document,
  count(*) filter (where met and exclusion is null) as met,
  count(*) filter (where met is not null and exclusion is null) as judged,
  count(*) filter (where met is null and exclusion is null) as immature,
  count(*) filter (where exclusion is not null) as excluded,
  count(hours) filter (where met is not null and exclusion is null) as timed,
  coalesce(sum(hours) filter (where met is not null and exclusion is null), 0) as hours
from kpi_item
group by kpi, day, county, client, payer, document;
comment on view kpi_day is 'Counts of each KPI by day, county, client, payer and kind of document. The ratio is met ÷ judged; only sums of counts may be divided';

do $$
declare v text;
begin
  foreach v in array array['kpi_posted', 'kpi_delivered', 'kpi_arrived', 'kpi_returned', 'kpi_receipt', 'kpi_complaint', 'kpi_channel', 'kpi_item'] loop
    execute format('comment on column %I.kpi is %L', v, 'which KPI, as in songda/kpi/kpis.yaml');
    execute format('comment on column %I.subject is %L', v, 'the order');
    execute format('comment on column %I.id is %L', v, 'the fact or effect that makes it an item');
    execute format('comment on column %I.at is %L', v, 'the instant that gives its day');
    execute format('comment on column %I.day is %L', v, 'the business day, Asia/Shanghai');
    execute format('comment on column %I.county is %L', v, 'county of the office; of the recipient for calls (R45, R46), which are drawn there');
    execute format('comment on column %I.client is %L', v, 'the client that ordered');
    execute format('comment on column %I.payer is %L', v, 'who pays: RECIPIENT or SENDER (R11)');
    execute format('comment on column %I.document is %L', v, 'kind of the first document');
    execute format('comment on column %I.met is %L', v, 'true met, false missed, null too young to be judged');
    execute format('comment on column %I.due_at is %L', v, 'from when on it is judged');
    execute format('comment on column %I.hours is %L', v, 'how long it took, for KPIs of a duration; null while it is not over');
  end loop;
end $$;
comment on column kpi_item.exclusion is 'the exclusion that leaves it out, or null';
comment on column kpi_item.excluded_for is 'why it is left out';
comment on column kpi_day.kpi is 'which KPI, as in songda/kpi/kpis.yaml';
comment on column kpi_day.day is 'the business day, Asia/Shanghai';
comment on column kpi_day.county is 'as in kpi_item';
comment on column kpi_day.client is 'the client that ordered';
comment on column kpi_day.payer is 'who pays: RECIPIENT or SENDER (R11)';
comment on column kpi_day.document is 'kind of the first document';
comment on column kpi_day.met is 'the numerator';
comment on column kpi_day.judged is 'the denominator';
comment on column kpi_day.immature is 'too young to be judged: in neither';
comment on column kpi_day.excluded is 'left out, whatever its verdict: in neither';
comment on column kpi_day.timed is 'of those judged, how many have hours';
comment on column kpi_day.hours is 'sum of the hours of those';

-- The end of a month, as it was told: never computed again.
create table kpi_month (
  month     date primary key check (extract(day from month) = 1),
  frozen_at timestamptz not null -- business time
);
create table kpi_snapshot (
  month    date not null references kpi_month,
  kpi      text not null,
  day      date not null,
  county   text not null,
  met      bigint not null,
  judged   bigint not null,
  immature bigint not null,
  excluded bigint not null,
  timed    bigint not null,
  hours    numeric not null,
  primary key (month, kpi, day, county)
);
create function kpi_stays() returns trigger language plpgsql as
$$ begin raise exception 'a frozen month stays as it is' using errcode = '42501'; end $$;
create trigger kpi_month_stays before update or delete on kpi_month for each row execute function kpi_stays();
create trigger kpi_month_stays_whole before truncate on kpi_month execute function kpi_stays();
create trigger kpi_snapshot_stays before update or delete on kpi_snapshot for each row execute function kpi_stays();
create trigger kpi_snapshot_stays_whole before truncate on kpi_snapshot execute function kpi_stays();
