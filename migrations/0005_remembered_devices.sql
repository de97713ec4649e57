-- The token two before the present one: what is under way with it when the one after it is first used is no copy yet.
alter table remembered add column before_hash text;
-- The tokens that the owner's own act replaced (another password, all others logged out), their hashes with spaces between
-- them; since when, and from which browser. They open nothing, and say nothing of a copy.
alter table remembered add column retired_hashes text;
alter table remembered add column retired_at bigint;
alter table remembered add column retired_from text;

-- Remembered devices that were logged out, so that their cookie, shown later, is told when and from where.
create table ended_devices (
    id text primary key not null,        -- the device's
    account_id text not null references accounts (id) on delete cascade,
    created_at bigint not null,          -- when it was logged out
    logged_out_from text                 -- the browser, in words of ours; null where the operator did it
);
create index ended_devices_account on ended_devices (account_id, created_at);
create index ended_devices_created_at on ended_devices (created_at);

-- The session that a device's last rotation opened is looked for by each request that comes a moment later.
create index sessions_opened on sessions (remembered_id, created_at);
drop index sessions_remembered;
