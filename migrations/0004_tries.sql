-- What a network, a device or a session has used of an allowance, for all instances that share the database, and over a restart.
create table tries (
    key text primary key not null,       -- SHA-256 of what is limited and of who tries
    whole_at bigint not null             -- when it will have its whole allowance again, in microseconds since 1970
);
create index tries_whole_at on tries (whole_at);
