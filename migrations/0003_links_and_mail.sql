-- When its owner proved to read the mail of the account's address; null while nobody has.
alter table accounts add column confirmed_at bigint;
-- The last log-in with the password: whether another one is the first.
alter table accounts add column logged_in_at bigint;

-- One-time links, each for one purpose: whoever shows the secret is who it was given to. A newer one replaces the older.
create table links (
    token_hash text primary key not null, -- SHA-256; whoever reads the database cannot use it
    purpose text not null,
    account_id text not null references accounts (id) on delete cascade,
    -- the address it is about: the account's own, the one it is to have, or the one it had
    email text not null,
    email_key text not null,
    ends_at bigint not null,
    unique (account_id, purpose, email_key)
);
-- Whether an address that an account had may still be given back to it.
create index links_email on links (email_key, purpose);

-- Mails to be sent. None holds a secret: a link is made at the moment its mail is sent.
create table outbox (
    id text primary key not null,        -- UUIDv7; also in the mail's Message-ID, so that one sent twice is known as one
    letter text not null,                -- which of the mails it is
    -- null: it was asked for at an address; whether that has an account is looked up when it is sent
    account_id text references accounts (id) on delete cascade,
    address text not null,               -- where it goes
    facts text not null,                 -- what it tells of, as JSON
    queued_at bigint not null,
    due_at bigint not null,              -- not before then; moved on before each try
    tries bigint not null,
    trouble text,                        -- why the last try failed
    given_up_at bigint                   -- since when it is not tried any more
);
create index outbox_due on outbox (due_at);
