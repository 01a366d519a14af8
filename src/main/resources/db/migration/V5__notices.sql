-- Notices to one person are gathered: when the next message to them goes (business time), and in whose message an effect went.
create table notice_slot (
  door      text not null,
  addressee text not null,
  sends_at  timestamptz not null,
  every     interval not null,
  primary key (door, addressee)
);
alter table effect add column bundle bigint;
create index effect_bundle on effect (bundle) where bundle is not null and state in ('SENDING', 'UNKNOWN');
create index effect_gathering on effect (door, addressee) where state in ('PENDING', 'RELAYED', 'RETRY') and not_before is not null;
