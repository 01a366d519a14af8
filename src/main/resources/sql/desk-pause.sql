update deadline set state = 1, wake_at = null where subject = ? and id = ? and state <> 1
