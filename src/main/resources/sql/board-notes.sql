-- What people did about one order, newest first.
select a.id, a.at, a.who, a.what, a.reason, a.detail::text as detail from audit a where a.subject = ? order by a.id desc limit 200
