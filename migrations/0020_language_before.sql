-- The language that an account had before its owner chose another, and when: for a week, emails still come in it, so that
-- no one who got into an account can hide its warnings in a language that the owner cannot read.
alter table accounts add column language_before text;
alter table accounts add column language_changed_at bigint;
