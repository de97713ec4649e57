-- Where a session and a remembered device are, so that their owner can tell them apart. `browser` is in our own words
-- ("Firefox on Linux"), never what the browser sent.
alter table sessions add column browser text not null default '';
alter table sessions add column address text;
-- When the password was last given in this session; null where a remembered device opened it.
alter table sessions add column authenticated_at bigint;
-- The token before this one, and since when. It opens nothing, but for a moment longer nothing is taken from a tab that shows it.
alter table sessions add column previous_hash text;
alter table sessions add column replaced_at bigint;
create index sessions_previous on sessions (previous_hash);

alter table remembered add column browser text not null default '';
alter table remembered add column address text;
-- The token is another after each use. The one before it is good for a moment longer, for tabs that opened together.
alter table remembered add column previous_hash text;
alter table remembered add column rotated_at bigint;

-- Wrong passwords in a row, counted before each is checked.
create table guesses (
    key text primary key not null,       -- SHA-256 of an address, known or unknown, and of the device where it is known there
    failures bigint not null,
    last_at bigint not null
);

-- What happened. Never a secret, and an address of an account only by its id.
create table audit (
    id text primary key not null,        -- UUIDv7
    -- null where a stranger named an account that does not exist; what is told of a person ends with their account
    account_id text references accounts (id) on delete cascade,
    event text not null,
    at bigint not null,
    address text,                        -- null where it was done from the command line
    browser text,
    request_id text,
    told_at bigint                       -- when its owner was told of it, where that is owed
);
create index audit_account on audit (account_id, at);
create index audit_at on audit (at);
