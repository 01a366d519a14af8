-- KPIs of what a delivery unit must be able to show: that the packing was looked at (R39), why an attempt failed (R48); and of what should not have gone back (R53). The views of V20 with a
-- few lines more. That the recipient was called (R40) and that a delivery can be proved (R41-R43) are in V26, which changes their view anyway.
create index fact_kpi_unit_day on fact using brin (((happened_at at time zone 'Asia/Shanghai')::date) date_minmax_multi_ops)
  where name in ('parcel.out-for-delivery', 'parcel.attempt-failed');

create or replace view kpi_arrived as
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
  and not coalesce(j.returned_at <= d.due_at and j.return_reason in ('104', '126'), false)
union all
select 'reason-told', o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, a.data ->> 'reasonCode' is not null, a.happened_at, null
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
where a.name = 'parcel.attempt-failed' and a.happened_at = any (j.attempts)
union all
select 'packing-checked', o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, a.data ->> 'packing' is not null, a.happened_at, null
from fact a
join orders o on o.id = a.subject
where a.name = 'parcel.out-for-delivery';
comment on view kpi_arrived is 'KPIs of the delivery unit. By the day of arrival: three-attempts (R47, A06, A07), of what was not delivered by the end of the fifth working day, as the deadline of the ladder attempts has it. By the day of the attempt: reason-told (R48). By the day of being taken over: packing-checked (R39)';

create or replace view kpi_returned as
select k.kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when k.ripe then k.met end as met, k.due_at, null::numeric as hours
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
cross join lateral (select kpi_end((a.happened_at at time zone 'Asia/Shanghai')::date, 15) as due_at) p
cross join lateral (values
  ('two-reviewers'::text, coalesce(j.reviewed_at <= a.happened_at, false), a.happened_at, true),
  ('returned-mistakenly', exists (select from fact m where m.subject = a.subject and m.name = 'return.mistaken' and m.happened_at < p.due_at), p.due_at, (select hub_now()) >= p.due_at)
) as k (kpi, met, due_at, ripe)
where a.name = 'return.dispatched' and a.id = j.returned_id;
comment on view kpi_returned is 'KPIs by the day of the return: two-reviewers (R51, R61), returned-mistakenly (R53)';
