update deadline set state = 0, failures = 0, wake_at = null where subject = ? and id = ? and state <> 0
