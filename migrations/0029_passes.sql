-- A session's way into one origin of an app: a cookie that the app's host has, got with a ticket that is used once. It ends with
-- the session, whatever ended that.
create table passes (
    id text primary key not null,
    session_id text not null references sessions (id) on delete cascade,
    app_id text not null references apps (id) on delete cascade,
    origin text not null,                -- where it is valid, and nowhere else
    token_hash text unique,              -- SHA-256 of the token in the cookie; null: no ticket was redeemed yet
    ticket_hash text unique,             -- the same of a ticket that waits; null: none does
    visit_hash text not null,            -- the same of a cookie of the browser that asked for the ticket: it alone redeems it
    ticket_ends_at bigint,               -- null: no ticket waits
    created_at bigint not null,
    redeemed_at bigint,                  -- when the token was given
    used_at bigint,                      -- when the token was first shown; null: never
    unique (session_id, origin)
);
create index passes_app on passes (app_id);
create index passes_ticket_ends_at on passes (ticket_ends_at) where ticket_ends_at is not null;
