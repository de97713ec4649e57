-- One-time links, each for one purpose: whoever shows the secret is who it was given to. A newer one replaces the older.
create table links (
    token_hash text primary key not null, -- SHA-256; whoever reads the database cannot use it
    purpose text not null,
    account_id text not null references accounts (id) on delete cascade,
    email_key text not null,              -- the address it was made for: another one ends it
    ends_at bigint not null,
    unique (account_id, purpose)
);
