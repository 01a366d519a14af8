-- To an instant, or to now; never backwards.
update deadline set due_at = u.at, by_hand = true, provisional = false
from (select coalesce(?::timestamptz, hub_now()) as at) u
where subject = ? and id = ? and due_at > u.at
