-- What became of forms, for ten minutes: one that is sent twice is answered as it was the first time.
create table submissions (
    key text primary key not null,       -- HMAC of the form's value, of the address it was sent to, and of how it begins
    location text not null,              -- where the answer led
    notice text,                         -- what it said, as the code of a notice
    session_id text references sessions (id) on delete cascade, -- of a log-in, whose cookie no row can give again
    created_at bigint not null,
    ends_at bigint not null
);
create index submissions_ends_at on submissions (ends_at);
create index submissions_session on submissions (session_id);
