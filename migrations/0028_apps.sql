-- Apps of any language, behind a proxy that asks here who is there. (Tables called app_… are those of an app that is built on this
-- program.)

-- What an account is called in such apps: given by the operator, never derived from an address; null: its id.
alter table accounts add column handle text;
create unique index accounts_handle on accounts (handle) where handle is not null;

-- Handles that an account had: SHA-256 of each. Apps keep what belongs to a person under the handle, so no other account gets
-- it, also after the account is gone.
create table old_handles (
    hash text primary key not null,
    account_id text references accounts (id) on delete set null, -- the one that had it, and can have it back; null: it is gone
    created_at bigint not null           -- when the account lost it
);
create index old_handles_account on old_handles (account_id) where account_id is not null;

create table apps (
    id text primary key not null,
    name text not null unique,           -- as commands and files name it
    title text not null,                 -- as people call it
    remote_user text not null,           -- what the app is told of a person: handle, email, id
    fresh_for bigint,                    -- seconds after a password was typed; later the app asks for it again; null: never
    disabled_at bigint,
    created_at bigint not null,
    created_by text not null,            -- who did it: owner (an administrator), command_line
    changed_at bigint not null
);

-- Who may open an app: the members of any of these groups. None: everyone with an account. No reference to `groups`: a group that
-- is deleted must not open the app to everyone.
create table apps_groups (
    app_id text not null references apps (id) on delete cascade,
    group_name text not null,
    primary key (app_id, group_name)
);

-- Where an app is: a host is one app's alone.
create table apps_origins (
    host text primary key not null,      -- lower case, without the port
    origin text not null,                -- https://wiki.example.org:8443
    app_id text not null references apps (id) on delete cascade
);
create index apps_origins_app on apps_origins (app_id);

-- Parts of an app that are open to others than the rest of it: a path, and everything below it.
create table apps_paths (
    app_id text not null references apps (id) on delete cascade,
    prefix text not null,
    access text not null,                -- open: to everyone, without a login; groups: to those of apps_path_groups
    preflight bigint not null,           -- 0 or 1: whether a browser may ask without a login what other sites may do (CORS)
    primary key (app_id, prefix)
);

create table apps_path_groups (
    app_id text not null,
    prefix text not null,
    group_name text not null,            -- no reference, as in apps_groups
    primary key (app_id, prefix, group_name),
    foreign key (app_id, prefix) references apps_paths (app_id, prefix) on delete cascade
);
