-- KPIs of what was not counted for want of facts: receipts that are handed over (R65), what is collected and entered promptly (R28), two rounds a day in towns (R37), two visits a month (R14),
-- contract prices above the reference (R04). The last three are about no order: a round, a unit, a tariff.
create index fact_kpi_more_day on fact using brin (((happened_at at time zone 'Asia/Shanghai')::date) date_minmax_multi_ops)
  where name in ('receipt.returned', 'replacement.sealed', 'parcel.picked-up');
-- These are few, and are looked for by their day, which for visits is the last of the month before, for a silent day the one after the last round.
create index fact_kpi_round on fact (((happened_at at time zone 'Asia/Shanghai')::date), (data ->> 'unit')) where name = 'round.opened';
create index fact_kpi_round_after on fact (((happened_at at time zone 'Asia/Shanghai')::date + 1)) where name = 'round.opened';
create index fact_kpi_visits on fact (((date_trunc('month', happened_at at time zone 'Asia/Shanghai') - interval '1 day')::date)) where name in ('visits.missing', 'visits.kept');
create index fact_kpi_tariff on fact (((happened_at at time zone 'Asia/Shanghai')::date)) where name = 'tariff.above-reference';

-- The district of a unit is in its credit code; what tells none is counted for the province.
create function kpi_district(told text, unit text) returns text immutable language sql as
  $$ select coalesce(told, substring(unit from '^[0-9A-Z]{2}([0-9]{6})'), '330000') $$;

-- A chase that is open had no hours and was counted as closed in none: greatest() passes over null.
create or replace view kpi_receipt as
select k.kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when (select hub_now()) >= k.due_at then k.met end as met, k.due_at, k.hours
from fact a
join orders o on o.id = a.subject
cross join lateral kpi_journey(a.subject) j
cross join lateral (select (a.happened_at at time zone 'Asia/Shanghai')::date as day) p
cross join lateral (values
  ('chase-closed', a.id = j.chased_id, coalesce(j.receipt_at < kpi_end(p.day, 3), false), kpi_end(p.day, 3),
    case when j.receipt_at is not null then round((extract(epoch from greatest(j.receipt_at - j.chased_at, interval '0')) / 3600)::numeric, 2) end),
  ('re-signed', a.id = j.told_id, coalesce(j.resigned_at < kpi_end(p.day, 15), false), kpi_end(p.day, 15), null)
) as k (kpi, applies, met, due_at, hours)
where a.name in ('receipt.overdue', 'receipt.wrong', 'receipt.late', 'receipt.posted', 'receipt.returned') and k.applies;

create view kpi_handed as
select 'receipt-handed-over'::text as kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when (select hub_now()) >= p.due_at then coalesce(r.handed_at < p.due_at, false) end as met, p.due_at,
  case when r.handed_at is not null then round((extract(epoch from greatest(r.handed_at - a.happened_at, interval '0')) / 3600)::numeric, 2) end as hours
from fact a
join orders o on o.id = a.subject
cross join lateral (select kpi_end((a.happened_at at time zone 'Asia/Shanghai')::date, 15) as due_at) p
cross join lateral (
  select
    -- It is there to be handed over: the receipt itself, or the certified copy of one that was lost.
    (array_agg(id order by happened_at, id) filter (where name = 'receipt.returned' and happened_at > back or name = 'replacement.sealed' and happened_at > anew))[1] as ready_id,
    min(happened_at) filter (where name = 'receipt.handed-over' and happened_at > anew) as handed_at
  from (
    select id, name, happened_at,
      coalesce(max(happened_at) filter (where name in ('receipt.retracted', 'parcel.delivery-retracted', 'receipt.wrong', 'receipt.lost', 'receipt.damaged',
        'receipt.resign-sent')) over (), '-infinity') as back,
      coalesce(max(happened_at) filter (where name in ('parcel.delivery-retracted', 'receipt.resign-sent')) over (), '-infinity') as anew
    from fact
    where subject = a.subject
      and name in ('receipt.returned', 'replacement.sealed', 'receipt.handed-over', 'receipt.retracted', 'parcel.delivery-retracted', 'receipt.wrong', 'receipt.lost',
        'receipt.damaged', 'receipt.resign-sent')) as told) r
where a.name in ('receipt.returned', 'replacement.sealed') and a.id = r.ready_id and o.receipt in ('PHYSICAL', 'OWN_FORM');
comment on view kpi_handed is 'KPI by the day on which a receipt was back or its certified copy was sealed: receipt-handed-over (R65, R71; hours until it was with the sender). One that is sent to be signed again is handed over anew';

create view kpi_collected as
select 'entered-in-time'::text as kpi, o.id as subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day, o.county, o.client, o.payer,
  o.detail #>> '{documents,0,type}' as document, case when (select hub_now()) >= p.due_at then coalesce(c.accepted_at <= p.due_at, false) end as met, p.due_at,
  case when c.accepted_at is not null then round((extract(epoch from greatest(c.accepted_at - a.happened_at, interval '0')) / 3600)::numeric, 2) end as hours
from fact a
join orders o on o.id = a.subject
cross join lateral (select a.happened_at + interval '2 hours' as due_at) p
cross join lateral (
  select
    -- The first collection, or after an acceptance that was taken back the first one since, if there is one.
    (array_agg(id order by happened_at <= back, happened_at, id) filter (where name = 'parcel.picked-up'))[1] as collected_id,
    min(happened_at) filter (where name = 'parcel.accepted' and happened_at > back) as accepted_at,
    min(happened_at) filter (where name = 'order.cancelled') as cancelled_at
  from (
    select id, name, happened_at, coalesce(max(happened_at) filter (where name = 'parcel.acceptance-retracted') over (), '-infinity') as back
    from fact
    where subject = a.subject and name in ('parcel.picked-up', 'parcel.accepted', 'parcel.acceptance-retracted', 'order.cancelled')) as told) c
where a.name = 'parcel.picked-up' and a.id = c.collected_id
  -- What was taken back in the meantime is not entered any more.
  and not coalesce(c.accepted_at is null and c.cancelled_at < p.due_at, false);
comment on view kpi_collected is 'KPI by the day of collection: entered-in-time (R28; hours until it was accepted), of what a terminal collected and nobody cancelled within the two hours';

create view kpi_round as
select 'two-rounds'::text as kpi, a.subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day,
  kpi_district(a.data ->> 'county', null) as county, null::text as client, null::text as payer, null::text as document,
  case when (select hub_now()) >= p.due_at then r.rounds >= 2 end as met, p.due_at, null::numeric as hours
from fact a
cross join lateral (select (a.happened_at at time zone 'Asia/Shanghai')::date as day, kpi_end((a.happened_at at time zone 'Asia/Shanghai')::date, 0) as due_at) p
cross join lateral (
  select count(distinct f.data ->> 'round') as rounds, (array_agg(f.id order by f.happened_at, f.id) filter (where f.data ->> 'area' = 'TOWN'))[1] as first_id
  from fact f
  where f.name = 'round.opened' and f.data ->> 'unit' = a.data ->> 'unit' and (f.happened_at at time zone 'Asia/Shanghai')::date = p.day) r
where a.name = 'round.opened' and a.id = r.first_id
union all
-- The day after, when it had none at all. Nobody reports that; a second such day in a row is not seen.
select 'two-rounds', a.subject, a.id, p.at, ((a.happened_at at time zone 'Asia/Shanghai')::date + 1), kpi_district(a.data ->> 'county', null), null, null, null,
  case when (select hub_now()) >= p.due_at then false end, p.due_at, null
from fact a
cross join lateral (select (a.happened_at at time zone 'Asia/Shanghai')::date as day, kpi_end((a.happened_at at time zone 'Asia/Shanghai')::date, 0) as at,
  kpi_end((a.happened_at at time zone 'Asia/Shanghai')::date, 1) as due_at) p
where a.name = 'round.opened' and (select hub_now()) >= p.at
  and a.id = (
    select f.id from fact f
    where f.name = 'round.opened' and f.data ->> 'unit' = a.data ->> 'unit' and (f.happened_at at time zone 'Asia/Shanghai')::date = p.day and f.data ->> 'area' = 'TOWN'
    order by f.happened_at, f.id limit 1)
  and not exists (
    select from fact f
    where f.name = 'round.opened' and f.data ->> 'unit' = a.data ->> 'unit' and (f.happened_at at time zone 'Asia/Shanghai')::date = p.day + 1);
comment on view kpi_round is 'KPI of delivery units in towns by the day: two-rounds (R37), of each unit that opened a round on that day or on the day before';

create view kpi_visit as
select 'two-visits'::text as kpi, a.subject, a.id, kpi_end(p.last, 0) - interval '1 second' as at, (date_trunc('month', a.happened_at at time zone 'Asia/Shanghai') - interval '1 day')::date as day,
  kpi_district(a.data ->> 'county', substr(s.name, 8)) as county, null::text as client, null::text as payer, null::text as document,
  v.made >= coalesce((a.data ->> 'need')::numeric, 2) as met, a.happened_at as due_at, null::numeric as hours
from fact a
join subject s on s.id = a.subject
cross join lateral (select (date_trunc('month', a.happened_at at time zone 'Asia/Shanghai') - interval '1 day')::date as last) p
cross join lateral (
  select count(distinct coalesce(f.data ->> 'visitNo', f.source_id)) as made
  from fact f
  where f.subject = a.subject and f.name = 'visit.made' and f.happened_at < kpi_end(p.last, 0)
    and f.happened_at >= date_trunc('month', p.last::timestamp) at time zone 'Asia/Shanghai') v
where a.name in ('visits.missing', 'visits.kept')
  -- What is entered afterwards changes the verdict, and makes no second item.
  and not exists (
    select from fact b
    where b.subject = a.subject and b.name in ('visits.missing', 'visits.kept') and (b.happened_at, b.id) < (a.happened_at, a.id)
      and (date_trunc('month', b.happened_at at time zone 'Asia/Shanghai') - interval '1 day')::date = p.last);
comment on view kpi_visit is 'KPI of client units by the last day of the month: two-visits (R14), of each unit whose commission ran through it, as the count on the first of the next month has it';

create view kpi_tariff as
select 'price-above-reference'::text as kpi, a.subject, a.id, a.happened_at as at, (a.happened_at at time zone 'Asia/Shanghai')::date as day,
  kpi_district(null, a.data ->> 'unit') as county, null::text as client, null::text as payer, null::text as document, true as met, a.happened_at as due_at, null::numeric as hours
from fact a
where a.name = 'tariff.above-reference'
  and not exists (
    select from fact b
    where b.subject = a.subject and b.name = 'tariff.above-reference' and (b.happened_at, b.id) < (a.happened_at, a.id)
      and b.happened_at >= date_trunc('month', a.happened_at at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai');
comment on view kpi_tariff is 'The count price-above-reference (R04, A37): each unit''s price of a thing once in every month in which it was above the reference, by the day on which that was found';

create or replace view kpi_item as
select i.*, coalesce(x.id, y.id) as exclusion, coalesce(x.reason, y.reason) as excluded_for
from (
  select * from kpi_posted
  union all select * from kpi_delivered
  union all select * from kpi_arrived
  union all select * from kpi_returned
  union all select * from kpi_receipt
  union all select * from kpi_handed
  union all select * from kpi_collected
  union all select * from kpi_complaint
  union all select * from kpi_channel
  union all select * from kpi_round
  union all select * from kpi_visit
  union all select * from kpi_tariff) as i
left join kpi_exclusion x on x.subject = i.subject and x.kpi = i.kpi and x.withdrawn_at is null
left join kpi_exclusion y on y.subject = i.subject and y.kpi = '*' and y.withdrawn_at is null;

do $$
declare v text;
begin
  foreach v in array array['kpi_handed', 'kpi_collected', 'kpi_round', 'kpi_visit', 'kpi_tariff', 'kpi_item'] loop
    execute format('comment on column %I.kpi is %L', v, 'which KPI, as in songda/kpi/kpis.yaml');
    execute format('comment on column %I.subject is %L', v, 'the order; of what is about none the round, unit or tariff');
    execute format('comment on column %I.id is %L', v, 'the fact or effect that makes it an item');
    execute format('comment on column %I.at is %L', v, 'the instant that gives its day');
    execute format('comment on column %I.day is %L', v, 'the business day, Asia/Shanghai');
    execute format('comment on column %I.county is %L', v, 'county of the office; of the recipient for calls (R45, R46), which are drawn there; of the unit where there is no order, 330000 where nobody told it');
    execute format('comment on column %I.client is %L', v, 'the client that ordered; null where there is no order');
    execute format('comment on column %I.payer is %L', v, 'who pays: RECIPIENT or SENDER (R11); null where there is no order');
    execute format('comment on column %I.document is %L', v, 'kind of the first document; null where there is no order');
    execute format('comment on column %I.met is %L', v, 'true met, false missed, null too young to be judged');
    execute format('comment on column %I.due_at is %L', v, 'from when on it is judged');
    execute format('comment on column %I.hours is %L', v, 'how long it took, for KPIs of a duration; null while it is not over');
  end loop;
end $$;
