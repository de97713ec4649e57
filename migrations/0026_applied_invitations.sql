-- The invitations that `apply` made, by the keys that its file gives them. A row stays when its invitation is over and removed:
-- the same file, applied again, must not invite again.
create table applied_invitations (
    key text primary key not null,
    invitation_id text not null,         -- no reference: it stays
    created_at bigint not null
);
