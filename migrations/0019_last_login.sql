-- With which browser an account last logged in, and for each session the last login before it began: the profile shows it.
alter table accounts add column logged_in_browser text;
alter table sessions add column last_login_at bigint;
alter table sessions add column last_login_browser text;
-- What the activity still knows of it.
update accounts set logged_in_browser = (
    select browser from audit where account_id = accounts.id and event = 'logged_in'
    order by at desc, id desc limit 1
) where logged_in_at is not null;
