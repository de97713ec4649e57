-- Second factors: authenticator apps, passkeys, recovery codes. A login between its password and its second step.
alter table accounts add column two_factor_since bigint;    -- the switch: since when a password alone is not enough; null: it is
-- What the account is called in its passkeys: 32 random bytes, base64url, made with the first passkey. It says nothing about the
-- person, and stays when their address changes.
alter table accounts add column passkey_user_id text;
create unique index accounts_passkey_user_id on accounts (passkey_user_id) where passkey_user_id is not null;

-- The secret that a site and an app on a phone both know.
create table totp_apps (
    id text primary key not null,
    account_id text not null references accounts (id) on delete cascade,
    secret text not null,                -- sealed for this account under the site's key; '': the key was lost, set up again
    last_step bigint not null,           -- the newest half minute of which a code was used: none of it or before counts again
    failed_codes bigint not null,        -- wrong codes; at a hundred the app is stopped
    stopped_at bigint,
    created_at bigint not null,
    created_by text not null,            -- who did it: owner, command_line
    last_used_at bigint,
    removed_at bigint                    -- kept for a while, so that a removal by a stranger can be undone
);
create unique index totp_apps_only_one on totp_apps (account_id) where removed_at is null;
create index totp_apps_account on totp_apps (account_id);
create index totp_apps_removed_at on totp_apps (removed_at) where removed_at is not null;

create table passkeys (
    id text primary key not null,
    account_id text not null references accounts (id) on delete cascade,
    credential_id text not null unique,  -- base64url, chosen by the authenticator; unique over all accounts, removed ones too
    public_key text not null,            -- COSE, base64url
    algorithm bigint not null,           -- its number in COSE: -7, -8, -257
    rp_id text not null,                 -- the domain it was made for; at another one no browser offers it
    name text not null,
    aaguid text not null,                -- the kind of authenticator: 16 bytes in hex, all zero if it does not say
    transports text not null,            -- how browsers reach it, with spaces between ('internal hybrid')
    counter bigint not null,             -- signatures as it counts them, the highest ever seen
    backup_eligible bigint not null,     -- 0 or 1: may be copied to other devices
    backed_up bigint not null,           -- 0 or 1: is copied, as it last said
    user_verified bigint not null,       -- 0: never asked for a PIN or a finger, so a second factor only
    discoverable bigint,                 -- 0 or 1: can be found without a user name; null: the browser did not say
    registration_mode text not null,     -- asked, plain, upgrade: how the page asked for it
    created_at bigint not null,
    created_by text not null,            -- who did it: owner, command_line
    last_used_at bigint,
    rests_since bigint,                  -- after a reset: a second factor still, no login by itself until its owner says so
    removed_at bigint                    -- as in totp_apps
);
create index passkeys_account on passkeys (account_id);
create index passkeys_removed_at on passkeys (removed_at) where removed_at is not null;

-- Ten codes that were kept together. They do not depend on the site's key.
create table recovery_sets (
    id text primary key not null,
    account_id text not null references accounts (id) on delete cascade,
    hash_parameters text not null,       -- PHC text without a hash: the parameters and the one salt of all codes of the set
    created_at bigint not null,
    created_by text not null,            -- who did it: owner, command_line
    removed_at bigint                    -- as in totp_apps
);
create unique index recovery_sets_only_one on recovery_sets (account_id) where removed_at is null;
create index recovery_sets_account on recovery_sets (account_id);
create index recovery_sets_removed_at on recovery_sets (removed_at) where removed_at is not null;

-- The codes that are left: one that is used has no row any more.
create table recovery_codes (
    set_id text not null references recovery_sets (id) on delete cascade,
    hash text not null,
    primary key (set_id, hash)
);

-- Logins whose password was right, and whose second step is still to come.
create table pending_logins (
    token_hash text primary key not null, -- SHA-256 of the token in the browser's cookie
    account_id text not null references accounts (id) on delete cascade,
    methods text not null,               -- what was verified, as in sessions
    remember bigint not null,            -- 0 or 1: whether the device is to be remembered afterwards
    known_browser bigint not null,       -- 0 or 1: whether the browser had logged in to the account before
    browser text not null,
    address text,
    created_at bigint not null,
    first_at bigint not null,            -- when it began, if the password was typed again in the same browser
    form text not null,                  -- which form: the key of a submission; empty for one without
    told_at bigint                       -- when the owner was told that it was never finished
);
create index pending_logins_account on pending_logins (account_id);
create index pending_logins_created_at on pending_logins (created_at);

-- Challenges that were answered, until they would be over anyway: no answer counts twice.
create table spent_challenges (
    hash text primary key not null,
    ends_at bigint not null
);
create index spent_challenges_ends_at on spent_challenges (ends_at);

-- The passkey that opened a session, or that a device was remembered with: they end together.
alter table sessions add column passkey_id text references passkeys (id) on delete cascade;
alter table remember_tokens add column passkey_id text references passkeys (id) on delete cascade;
create index sessions_passkey on sessions (passkey_id) where passkey_id is not null;
create index remember_tokens_passkey on remember_tokens (passkey_id) where passkey_id is not null;

-- When that was done which the email of a link reports: the link undoes what was changed about the factors since then.
-- null: it undoes nothing.
alter table links add column since bigint;
