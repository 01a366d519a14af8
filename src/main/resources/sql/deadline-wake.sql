update deadline set state = 0, wake_at = null where state = 2 and wake_at <= now()
