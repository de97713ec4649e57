-- The count of requested emails that wait for their first attempt, asked at each request for one.
create index outbox_first on outbox (id) where given_up_at is null and tries = 0;
