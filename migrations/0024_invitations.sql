-- Invitations: links with which people make an account, or join groups with the one they have. One that is over stays a while, so
-- that it can be renewed and its uses be seen.
create table invitations (
    id text primary key not null,
    token_hash text not null unique,     -- SHA-256 of the token in the link that was handed over
    mailed_hash text unique,             -- the same of the token in its email, which is derived from the site's key when it is sent
    mail_id text,                        -- its newest email: an older one that still waits is not sent
    note text not null,                  -- what it is for, for administrators alone; '': nothing
    email text,                          -- the only address that can use it; null: any
    email_key text,                      -- the same in the form that is compared
    uses_left bigint not null,
    ends_at bigint not null,
    created_at bigint not null,
    created_by text not null,            -- who did it: owner, command_line
    created_by_account text references accounts (id) on delete set null -- the administrator, if it was one
);
create index invitations_ends_at on invitations (ends_at);
create index invitations_created_by_account on invitations (created_by_account) where created_by_account is not null;

-- The groups that an account joins with it.
create table invitation_groups (
    invitation_id text not null references invitations (id) on delete cascade,
    group_name text not null references groups (name) on delete cascade,
    primary key (invitation_id, group_name)
);
create index invitation_groups_group on invitation_groups (group_name);

-- The accounts that used it: each counts once.
create table invitation_uses (
    invitation_id text not null references invitations (id) on delete cascade,
    account_id text not null references accounts (id) on delete cascade,
    created_at bigint not null,
    primary key (invitation_id, account_id)
);
create index invitation_uses_account on invitation_uses (account_id);
