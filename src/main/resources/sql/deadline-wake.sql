-- Some at a time; what is held by somebody who closes it is left alone, so nobody waits for anybody.
update deadline set state = 0, wake_at = null
where (subject, id) in (
  select subject, id from deadline where state = 2 and wake_at <= now() order by wake_at limit 200 for update skip locked)
