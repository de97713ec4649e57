-- Tables under the names that other programs of this kind give them. Nothing in them changes.
alter table facts rename to meta;
alter table remembered rename to remember_tokens;
alter table guesses rename to failed_logins;
alter table tries rename to rate_limits;
-- Neither engine renames an index together with its table.
drop index remembered_account;
create index remember_tokens_account on remember_tokens (account_id);
drop index tries_whole_at;
create index rate_limits_whole_at on rate_limits (whole_at);
