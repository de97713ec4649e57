-- Links with a name of their own: several for a new password may be good at once, and one for each log-in that its owner was
-- told of. The table is made anew, since neither engine can take a constraint away that the other also knows.
drop index links_email;
alter table links rename to links_before;
create table links (
    id text primary key not null,         -- that of the mail it is in, where it is in one; else a UUIDv7
    token_hash text not null unique,      -- SHA-256; whoever reads the database cannot use it
    purpose text not null,
    account_id text not null references accounts (id) on delete cascade,
    -- the address it is about: the account's own, the one it is to have, or the one it had
    email text not null,
    email_key text not null,
    created_at bigint not null,
    made_by text not null,                -- owner, or operator, who vouches for whom they give it to
    -- the how many-th of its account: which of two is older, also where the clock was set back in between
    ordinal bigint not null,
    ends_at bigint not null
);
-- What the table said before is kept. Each purpose has one length of life, so a link's end tells when it was made.
-- A link gets the id of the mail that waits with it, or that mail would not find it: one that gives an address back has a link
-- from the change on, and of confirm and change there is one that counts, made by the mail's own first try. Where several mails
-- wait, the newest has it; where several links could be one mail's, the youngest.
insert into links (id, token_hash, purpose, account_id, email, email_key, created_at, made_by, ordinal, ends_at)
select case when mail is not null and place = 1 then mail else '00-' || token_hash end,
    token_hash, purpose, account_id, email, email_key,
    ends_at - case purpose
        when 'reset' then 1800
        when 'change' then 3600
        when 'confirm' then 86400
        else 604800
    end,
    'owner',
    row_number() over (partition by account_id order by ends_at, token_hash),
    ends_at
from (
    select token_hash, purpose, account_id, email, email_key, ends_at, mail,
        row_number() over (partition by mail order by ends_at desc, token_hash desc) as place
    from (
        select token_hash, purpose, account_id, email, email_key, ends_at,
            (select max(outbox.id) from outbox
             where outbox.given_up_at is null
             and (outbox.account_id = links_before.account_id and outbox.address = links_before.email
                  or outbox.account_id is null and outbox.address = links_before.email_key)
             and (outbox.letter = 'changed' and links_before.purpose = 'undo'
                  or outbox.letter in ('confirm', 'change') and outbox.letter = links_before.purpose and outbox.tries > 0)
            ) as mail
        from links_before
    ) as found
) as ranked;
drop table links_before;
-- Whether an address that an account had may still be given back to it.
create index links_email on links (email_key, purpose);
create index links_account on links (account_id, purpose);
-- Of these a newer one takes the place of the older.
create unique index links_only_one on links (account_id, purpose) where purpose in ('confirm', 'change', 'close');
