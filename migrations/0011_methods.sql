-- How the owner of a session proved who they are: codes with a space between ('pwd', 'remember pwd').
alter table remembered add column methods text not null default 'pwd';
alter table sessions add column methods text not null default 'pwd';
-- A session that is younger than its device was opened by it.
update sessions set methods = 'remember pwd' where authenticated_at is null
    or created_at > (select remembered.created_at from remembered where remembered.id = sessions.remembered_id);
