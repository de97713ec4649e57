-- When the last link that can confirm the address was requested. Null for accounts that were not asked to confirm it: created by the
-- operator, or while email was off. Those are never removed.
alter table accounts add column confirm_asked_at bigint;
create index accounts_unconfirmed on accounts (confirm_asked_at) where confirmed_at is null;
