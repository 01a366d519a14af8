-- What orders owe, in two books that are never mixed (A36): POSTAGE, what the carriage costs; FEE, what was collected for the office. A row is never
-- changed: what does not hold any more is taken back by a row of its own.
create table ledger (
  subject     bigint not null, -- the order
  id          bigint not null,
  book        text not null check (book in ('POSTAGE', 'FEE')),
  line        text not null,
  turn        smallint not null, -- how often it was taken back before: of each line at most one booking stands at any time
  cause       bigint not null, -- the fact
  reverses    bigint,
  unit        text not null, -- who settles: the office's credit code (R12)
  payer       text not null,
  amount      numeric(12, 2) not null,
  rule        text not null,
  price_row   text not null, -- the row of mappings/tariff behind it
  happened_at timestamptz not null,
  booked_at   timestamptz not null,
  period      text not null check (period ~ '^\d{4}-\d{2}$'), -- the month on whose statement it stands
  primary key (subject, id),
  check ((reverses is null) = (amount > 0)),
  check (book = 'POSTAGE' or line = 'COLLECTED')
);
create unique index ledger_booked_once on ledger (subject, book, line, turn) where reverses is null;
create unique index ledger_reversed_once on ledger (subject, reverses) where reverses is not null;
create unique index ledger_cause_once on ledger (subject, cause, book, line);
create index ledger_statement on ledger (unit, period);
create index ledger_period on ledger (period);

create function ledger_stays() returns trigger language plpgsql as
$$ begin raise exception 'the ledger is append-only: book a reversal' using errcode = '42501'; end $$;
create trigger ledger_stays before update or delete on ledger for each row execute function ledger_stays();
create trigger ledger_stays_whole before truncate on ledger execute function ledger_stays();

-- How far facts have been booked, in the order of their commits; and what waits until the price list knows a price.
create table ledger_place (
  only_row boolean primary key default true check (only_row),
  xid xid8 not null,
  id  bigint not null
);
insert into ledger_place (xid, id) values ('0', 0);
create table ledger_waiting (
  subject bigint not null,
  fact    bigint not null,
  reason  text not null,
  since   timestamptz not null,
  primary key (subject, fact)
);

-- The carrier's bills as they came, line by line. The same line again is the same row.
create table bill_line (
  bill       text not null,
  line       int not null,
  period     text not null check (period ~ '^\d{4}-\d{2}$'),
  unit       text, -- a bill for one unit
  waybill_no text not null,
  amount     numeric(12, 2) not null,
  kept_at    timestamptz not null,
  primary key (bill, line)
);
create index bill_line_waybill on bill_line (waybill_no);
