-- Accounts that are gone, until the app that is built on this program has been told. No reference: the account has no row any more.
create table departures (
    account_id text primary key not null,
    created_at bigint not null,          -- when it was deleted
    due_at bigint not null,              -- the app is not told before then; moved on before each attempt
    attempts bigint not null
);
create index departures_due on departures (due_at);
