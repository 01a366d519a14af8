select state, kind, door, attempts, changed_by from dead_letter where id = ? for update skip locked
