select o.*, o.id as subject,
  (select min(f.happened_at) from fact f where f.subject = o.id and f.name = 'parcel.accepted') as accepted_at
from orders o where o.waybill_no = any (?)
