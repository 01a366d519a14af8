-- A rehearsal has a database of its own: what one timeline left is not there for the next.
with a as (delete from deadline), b as (delete from deadline_done), c as (delete from ladder_closed), d as (delete from coverage),
  e as (delete from effect), f as (delete from fact), g as (delete from subject), h as (delete from dead_letter), i as (delete from notice_slot)
delete from orders
