-- In which language an account reads (the code of a file in words/); none: as its owner's browser asks, or the site's own.
alter table accounts add column language text;
-- Which version of the terms of use its owner accepted, and when.
alter table accounts add column terms_version text;
alter table accounts add column terms_accepted_at bigint;
