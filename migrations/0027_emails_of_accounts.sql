-- The emails of one account: its page for administrators, the copy of its data, its deletion, and the foreign key ask for them.
create index outbox_account on outbox (account_id, id) where account_id is not null;
-- Those that were requested at an address, which go with its account.
create index outbox_requested on outbox (address) where account_id is null;
