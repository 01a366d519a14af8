-- The hour of cut-off of the office's county (A01), which the order keeps: what is accepted later counts as of the next day. It moves the day from which the promise (R08, R09) and the
-- calls (R44 to R46) are counted, as it does in the ladders promise, overdue and quality; the day of an item stays that of its acceptance.
create function kpi_posted_on(at timestamptz, cutoff text) returns date immutable language sql as
  $$ select (at at time zone 'Asia/Shanghai')::date + case when (at at time zone 'Asia/Shanghai')::time
    > make_time(substring(cutoff from '^([01]\d|2[0-3]):[0-5]\d$')::int, substring(cutoff from ':([0-5]\d)$')::int, 0) then 1 else 0 end $$;

create or replace view kpi_posted as
select k.kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, k.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when (select hub_now()) >= k.due_at then k.met end as met, k.due_at, k.hours
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
cross join lateral (select (a.happened_at at time zone 'Asia/Shanghai')::date as day,
  kpi_posted_on(a.happened_at, o.detail ->> 'cutoff') as from_day, kpi_days(o.detail ->> 'promise') as promise,
  least(j.attempts[1], j.undelivered_at) as trigger) p
cross join lateral (values
  (case p.promise when 1 then 'promise-t1' when 2 then 'promise-t2' else 'promise-other' end, true, o.county,
    coalesce(least(j.attempts[1], j.delivered_at) < kpi_end(p.from_day, p.promise), false), kpi_end(p.from_day, p.promise), null::numeric),
  ('delivered-3d', true, o.county, coalesce(j.delivered_at < kpi_end(p.day, 3), false), kpi_end(p.day, 3), null),
  ('delivered-5d', true, o.county, coalesce(j.delivered_at < kpi_end(p.day, 5), false), kpi_end(p.day, 5), null),
  ('delivered-7d', true, o.county, coalesce(j.delivered_at < kpi_end(p.day, 7), false), kpi_end(p.day, 7), null),
  ('returned', true, o.county, coalesce(j.returned_at < kpi_end(p.day, 15), false), kpi_end(p.day, 15), null),
  ('receipt-per-accepted', o.receipt in ('PHYSICAL', 'OWN_FORM'), o.county, coalesce(j.receipt_at < kpi_end(p.day, 15), false), kpi_end(p.day, 15), null),
  ('call-delivered', coalesce(j.delivered_at < kpi_end(p.from_day, 2), false), o.dest_county,
    exists (select from unnest(j.calls) c where c < kpi_end(p.from_day, 3)), kpi_end(p.from_day, 3), null),
  -- What went back before the call was due is not called any more.
  ('call-undelivered', p.trigger is not null and not coalesce(j.returned_at < kpi_end(kpi_date(p.trigger), 1), false), o.dest_county,
    exists (select from unnest(j.calls) c where c >= p.trigger and c < kpi_end(kpi_date(p.trigger), 1)), kpi_end(kpi_date(p.trigger), 1), null),
  ('complained', true, o.county, coalesce(j.complained_at < kpi_end(p.day, 15), false), kpi_end(p.day, 15), null)
) as k (kpi, applies, county, met, due_at, hours)
where a.name = 'parcel.accepted' and a.id = j.accepted_id and k.applies;
comment on view kpi_posted is 'KPIs by the day of acceptance: promise-t1, -t2, -other (R08, R09, A02), delivered-3d, -5d, -7d (R05), returned (R52), receipt-per-accepted (R63), call-delivered (R45), call-undelivered (R46), complained (R81). The promise and the calls count from the day that the hour of cut-off gives (A01)';

create or replace view kpi_delivered as
select k.kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when k.ripe then k.met end as met, k.due_at, k.hours
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
cross join lateral (select kpi_end((a.happened_at at time zone 'Asia/Shanghai')::date, kpi_days(o.detail ->> 'receiptDue')) as due_at,
  kpi_end(kpi_posted_on(j.accepted_at, o.detail ->> 'cutoff'), kpi_days(o.detail ->> 'promise')) as promised,
  o.receipt in ('PHYSICAL', 'OWN_FORM') as owed) r
-- Of the post's scan and the courier's own report of one delivery, either may bring the evidence.
cross join lateral (
  select coalesce(bool_or(d.name = 'parcel.delivered' and d.happened_at >= a.happened_at
      and d.data ->> 'signedAt' is not null and d.data ->> 'signer' is not null
      and (d.data ->> 'idChecked' = 'YES' or d.data ->> 'deliveredTo' = 'LOCKER' and d.data ->> 'consent' is not null)
      and (d.data ->> 'signer' <> '他人' or d.data ->> 'relation' is not null and d.data ->> 'agentId' is not null)), false) as proved,
    coalesce(bool_or(d.name in ('contact.made', 'contact.failed') and d.happened_at <= a.happened_at
      or d.name = 'parcel.delivered' and d.happened_at >= a.happened_at and d.data ->> 'calledAt' is not null), false) as called
  from fact d
  where d.subject = a.subject and d.name in ('parcel.delivered', 'contact.made', 'contact.failed')) e
cross join lateral (values
  ('first-attempt', true, coalesce(j.attempts[1] > j.delivered_at, true), a.happened_at, true, null::numeric),
  ('delivered-in-promise', r.promised is not null, j.delivered_at < r.promised, a.happened_at, true,
    round((extract(epoch from j.delivered_at - j.accepted_at) / 3600)::numeric, 2)),
  ('receipt-in-time', r.owed, coalesce(j.info_at < r.due_at, false), r.due_at, (select hub_now()) >= r.due_at
    and coalesce((select covered_until from coverage where system = 'receipt85') >= r.due_at - interval '1 second', false), null),
  ('receipt-per-due', r.owed, coalesce(j.receipt_at < r.due_at + interval '5 days', false), r.due_at + interval '5 days',
    (select hub_now()) >= r.due_at + interval '5 days'
    and coalesce((select covered_until from coverage where system = 'receipt85') >= r.due_at + interval '5 days' - interval '1 second', false), null),
  ('delivery-proved', true, e.proved, a.happened_at, true, null),
  ('called-first', true, e.called, a.happened_at, true, null)
) as k (kpi, applies, met, due_at, ripe, hours)
where a.name = 'parcel.delivered' and a.id = j.delivered_id and k.applies;
comment on view kpi_delivered is 'KPIs by the day of delivery: first-attempt (R40), delivered-in-promise (R05), receipt-in-time (R67, A03, A32), receipt-per-due (R63, A05), delivery-proved (R41, R42, R43), called-first (R40). A receipt is judged only where the 85 system was asked successfully up to when it was due';
