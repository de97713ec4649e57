-- The handle that the one account which uses an invitation is given; null: none. No other open invitation has the same.
alter table invitations add column handle text;
