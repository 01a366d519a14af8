-- What a person has set is not counted again, neither by a calendar that changed nor by a newer text of the ladder.
alter table deadline add column by_hand boolean not null default false;
