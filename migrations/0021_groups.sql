-- Groups of accounts: what some people may open, and others may not. `admins` has a row from its first member on.
create table groups (
    name text primary key not null,      -- as commands and code name it
    title text not null,                 -- as people call it
    created_at bigint not null,
    created_by text not null             -- who did it: owner, command_line
);

create table memberships (
    group_name text not null references groups (name) on delete cascade,
    account_id text not null references accounts (id) on delete cascade,
    created_at bigint not null,
    created_by text not null,
    primary key (group_name, account_id)
);
create index memberships_account on memberships (account_id);
