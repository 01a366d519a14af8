-- The hub's store. Keys start with the subject (the order) that they would be sharded by.
-- Personal data lies only in the sealed columns of orders and dead_letter.

create sequence songda_id increment by 1000 cache 1;

-- Business time for every node: hub_now() = hub_at + rate * (now() - wall_at). STABLE, so an index on due_at is used.
create table hub_clock (
  only_row boolean primary key default true check (only_row),
  hub_at   timestamptz not null,
  wall_at  timestamptz not null,
  rate     double precision not null check (rate >= 0)
);
insert into hub_clock (hub_at, wall_at, rate) values ('epoch', 'epoch', 1);

create function hub_now() returns timestamptz stable language sql as
  $$ select hub_at + (now() - wall_at) * rate from hub_clock $$;

create table orders (
  id            bigint primary key,
  client        text not null,
  order_no      text not null,
  body_hash     bytea not null,
  waybill_no    text,
  county        text not null,
  dest_county   text not null,
  payer         text not null,
  receipt       text not null,
  service       text not null,
  stage         text not null,
  stage_at      timestamptz not null,
  receipt_stage text not null default 'NONE',
  detail        jsonb not null,
  recipient_name    bytea not null,
  recipient_phone   bytea not null,
  recipient_id_no   bytea,
  recipient_address bytea not null,
  sender_name       bytea not null,
  sender_phone      bytea not null,
  sender_address    bytea not null,
  more              bytea, -- what else may name a person: numbers of papers, the remark
  phone_hash      bytea not null,
  phone_tail_hash bytea not null,
  received_at   timestamptz not null,
  unique (order_no, client)
) with (fillfactor = 80);
create unique index orders_waybill on orders (waybill_no) where waybill_no is not null;
create index orders_phone on orders (phone_hash);
create index orders_phone_tail on orders (phone_tail_hash);
create index orders_stage on orders (stage, id);

-- What facts can be about besides an order: system:receipt85, office:…, bag:…
create table subject (
  id   bigint primary key,
  name text not null unique
);

create table fact (
  subject     bigint not null,
  id          bigint not null,
  name        text not null,
  source      text not null,
  source_id   text not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  data        jsonb not null,
  correlation text not null,
  xid         xid8 not null default pg_current_xact_id(),
  primary key (subject, id),
  unique (source, source_id)
);
create index fact_stream_order on fact (xid, id);

-- How far songda.facts has been published: every fact with a transaction id below xid.
create table fact_stream (
  only_row boolean primary key default true check (only_row),
  xid xid8 not null,
  id  bigint not null
);
insert into fact_stream (xid, id) values ('0', 0);

create table effect (
  subject         bigint not null,
  id              bigint not null,
  fact_id         bigint not null,
  door            text not null,
  addressee       text not null,
  args            jsonb not null,
  state           text not null default 'PENDING'
                  check (state in ('PENDING', 'RELAYED', 'SENDING', 'ACCEPTED', 'RETRY', 'UNKNOWN', 'DEAD')),
  attempt         smallint not null default 0,
  planned_at      timestamptz not null,
  not_before      timestamptz,
  next_attempt_at timestamptz,
  changed_at      timestamptz not null default now(),
  reason          text,
  primary key (subject, id),
  unique (subject, fact_id, door, addressee)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index effect_open on effect (id) where state in ('PENDING', 'RETRY');
create index effect_under_way on effect (changed_at) where state in ('RELAYED', 'SENDING');
create index effect_unsettled on effect (subject, door, id) where state <> 'ACCEPTED' and state <> 'DEAD';
create index effect_dead on effect (door) where state = 'DEAD'; -- few, and counted all the time

create table deadline (
  subject     bigint not null,
  id          bigint not null,
  ladder      text not null,
  rung        text not null,
  version     text not null,
  opened_by   bigint not null,
  due_at      timestamptz not null,
  reports     text not null,
  covered_by  text,
  state       smallint not null default 0 check (state between 0 and 2), -- 0 open, 1 fired, 2 closed
  opened_at   timestamptz not null,
  settled_at  timestamptz,
  settled_by  bigint,
  primary key (subject, id),
  unique (subject, ladder, rung, opened_by)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
create index deadline_due on deadline (due_at, subject, id) where state = 0;

-- When a ladder was last closed, business time: a fact from before that opens nothing when it is recorded late.
create table ladder_closed (
  subject   bigint not null,
  ladder    text not null,
  closed_at timestamptz not null,
  primary key (subject, ladder)
);

-- Up to which instant a system has been asked successfully: silence proves nothing beyond it (A32).
create table coverage (
  system        text primary key,
  covered_until timestamptz not null
);

create table dead_letter (
  id          bigint primary key,
  door        text not null,
  system      text not null,
  client      text not null,
  correlation text not null,
  reason      text not null,
  place       text not null,
  fingerprint text not null,
  raw         bytea not null,
  arrived_at  timestamptz not null,
  state       text not null default 'OPEN' check (state in ('OPEN', 'REPLAYED', 'DROPPED'))
);
create index dead_letter_open on dead_letter (fingerprint, id) where state = 'OPEN';

create table nonce (
  key_id  text not null,
  nonce   text not null,
  seen_at timestamptz not null default now(),
  primary key (key_id, nonce)
);
create index nonce_seen on nonce (seen_at);

create table idempotency (
  client    text not null,
  key       text not null,
  body_hash bytea not null,
  order_no  text not null,
  seen_at   timestamptz not null default now(),
  primary key (client, key)
);
