-- Whom to call of what was accepted on one day (parameters 1 and 2; the evening before counts where it was after the hour of cut-off, A01) and delivered by an instant (3): so many percent (4) of each county,
-- rounded up, in an order that a stored seed (5) gives. An item that is called anyway is not drawn. One row at least: it says how many
-- were delivered.
with asked as (
  select ?::timestamptz as day_from, ?::timestamptz as day_to, ?::timestamptz as settled, ?::int as percent, ?::text as seed),
accepted as (
  select distinct f.subject from fact f join orders o on o.id = f.subject, asked
  where f.name = 'parcel.accepted' and f.recorded_at >= day_from - interval '1 day' and f.recorded_at < day_from + interval '9 days'
    and f.happened_at >= day_from - interval '1 day' and f.happened_at < day_to
    and kpi_posted_on(f.happened_at, o.detail ->> 'cutoff') = kpi_date(day_from)),
delivered as (
  select o.id, o.waybill_no, o.dest_county,
    exists (select from fact f where f.subject = o.id and f.name in ('parcel.attempt-failed', 'quality.undelivered')) as called
  from accepted a join orders o on o.id = a.subject
  where o.stage = 'DELIVERED' and o.stage_at <= (select settled from asked) and o.waybill_no is not null),
wanted as (
  select dest_county, (count(*) * (select percent from asked) + 99) / 100 as items from delivered group by dest_county),
shuffled as (
  select d.waybill_no, d.dest_county, row_number() over (partition by d.dest_county order by md5((select seed from asked) || d.id), d.id) as place
  from delivered d where not d.called)
select (select count(*) from delivered) as delivered, chosen.waybill_no
from (select) as one
left join (
  select s.waybill_no from shuffled s join wanted w on w.dest_county = s.dest_county and s.place <= w.items) chosen on true
