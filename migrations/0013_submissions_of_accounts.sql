-- The account that a form changed. The next thing that is done to the account removes the row: its answer may no longer be true.
alter table submissions add column account_id text references accounts (id) on delete cascade;
create index submissions_account on submissions (account_id);
