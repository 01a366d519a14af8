update dead_letter set state = 'DROPPED', changed_at = hub_now(), changed_by = ? where id = ? and state = 'OPEN'
