-- What an administrator did, and what was different before and after: for `/admin/activity`, and on the page of an account.
-- Which account it was: null if it was the owner, or the command line. No reference: what was done stays with those to whom
-- it was done, also after the account of the administrator is gone.
alter table audit add column actor_id text;
-- JSON with `before` and `after`. Never a secret. It ends with the account, as the row does.
alter table audit add column detail text;
-- What others than the owners did, newest first.
create index audit_others on audit (at, id) where actor <> 'owner';

-- The lists of administrators are asked by key (an id begins with the time of its making), never by offset. Each of these
-- has the accounts of one list in its order; the column that the condition names is in no other index.
create index accounts_disabled on accounts (id) where disabled_at is not null;
create index accounts_to_confirm on accounts (id) where confirmed_at is null;
create index accounts_unused on accounts (id) where logged_in_at is null;
