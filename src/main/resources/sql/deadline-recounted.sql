update deadline d
set due_at = u.due_at::timestamptz, provisional = u.provisional::boolean, version = u.version, reports = u.reports, covered_by = u.covered_by
from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) as u (subject, id, due_at, provisional, version, reports, covered_by)
where d.subject = u.subject and d.id = u.id
