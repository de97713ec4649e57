-- Who has a database of a server open; a file has a lock instead. A row is renewed every ten seconds, and is dead after thirty.
create table open_by (
    id text primary key not null,        -- one for each program that runs
    host text not null,
    process bigint not null,
    doing text not null,                 -- in words, for whoever has to wait for it
    alone bigint not null,               -- 1: nobody else may have it open meanwhile
    created_at bigint not null,
    seen_at bigint not null
);
