-- How many of each door are on their way through Kafka, and how many of them have been for longer than that.
select door, count(*), count(*) filter (where changed_at < now() - ?::interval) from effect where state = 'RELAYED' group by door
