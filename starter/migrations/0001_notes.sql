-- Text, bigint and double precision: SQLite and PostgreSQL read these alike.
create table app_notes (
    id text primary key not null, -- of new_id(): in the order in which they were made
    account_id text not null references accounts (id) on delete cascade, -- exported with it, gone with it
    text text not null
);

create index app_notes_account on app_notes (account_id, id);
