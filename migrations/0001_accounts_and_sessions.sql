-- Types are those that SQLite and PostgreSQL read alike through one driver: text, bigint. Times are seconds since 1970.

-- What the database knows about itself: the fingerprint of the secret key it belongs to.
create table facts (
    name text primary key not null,
    value text not null
);

create table accounts (
    id text primary key not null,        -- UUIDv7: stable, opaque, never reused
    email text not null,                 -- as its owner writes it, for showing and sending
    email_key text not null unique,      -- as it is compared; one account for each, kept by the database
    name text not null,
    created_at bigint not null,
    updated_at bigint not null,
    disabled_at bigint                   -- since when nobody may sign in to it
);

-- Apart from the account: an account may come to have no password.
create table passwords (
    account_id text primary key not null references accounts (id) on delete cascade,
    hash text not null,                  -- PHC string, argon2id
    changed_at bigint not null
);

-- A device that "Remember me" was ticked on.
create table remembered (
    id text primary key not null,
    token_hash text not null unique,     -- SHA-256; whoever reads the database cannot log in with it
    account_id text not null references accounts (id) on delete cascade,
    created_at bigint not null,
    last_used_at bigint not null
);
create index remembered_account on remembered (account_id);

create table sessions (
    id text primary key not null,
    token_hash text not null unique,
    account_id text not null references accounts (id) on delete cascade,
    -- the device it belongs to, where there is one: they end together
    remembered_id text references remembered (id) on delete cascade,
    created_at bigint not null,
    last_used_at bigint not null
);
create index sessions_account on sessions (account_id);
create index sessions_remembered on sessions (remembered_id);
