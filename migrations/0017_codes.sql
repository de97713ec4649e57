-- Codes instead of words: browsers, and who acts on an account. Words are made when a row is shown, in any language.
-- Columns under the names that other programs of this kind give them.
alter table sessions rename column remembered_id to remember_token_id;
alter table remember_tokens rename column retired_from to retired_browser;
alter table ended_devices rename column logged_out_from to browser;
alter table links rename column made_by to created_by;
alter table outbox rename column letter to kind;
alter table outbox rename column facts to details;
alter table outbox rename column tries to attempts;
alter table outbox rename column trouble to last_error;
alter table open_by rename column doing to purpose;
alter table open_by rename column alone to exclusive;

-- Who did it: owner, command_line. Until now the command line was where the client was missing.
alter table audit add column actor text not null default 'owner';
update audit set actor = 'command_line' where browser is null;
alter table ended_devices add column actor text not null default 'owner';
update ended_devices set actor = 'command_line' where browser is null;
update links set created_by = 'command_line' where created_by = 'operator';

-- What a program has the database open for: serve, command, replace_key, move.
update open_by set purpose = case purpose
    when 'serves the site' then 'serve'
    when 'replaces the key' then 'replace_key'
    when 'moves the database' then 'move'
    else 'command'
end;

-- Browsers: 'Firefox on Linux' becomes 'firefox/linux'. Rows of before there were any are unknown.
create table browser_codes (
    words text primary key not null,
    code text not null
);
with names (words, code) as (
    values
        ('an unknown browser', 'unknown'),
        ('Chrome', 'chrome'),
        ('curl', 'curl'),
        ('DuckDuckGo', 'duckduckgo'),
        ('Edge', 'edge'),
        ('Firefox', 'firefox'),
        ('Lynx', 'lynx'),
        ('Opera', 'opera'),
        ('Safari', 'safari'),
        ('Samsung Internet', 'samsung_internet'),
        ('SeaMonkey', 'seamonkey'),
        ('Vivaldi', 'vivaldi'),
        ('w3m', 'w3m'),
        ('Yandex Browser', 'yandex')
), systems (words, code) as (
    values
        ('', ''),
        (' on Android', '/android'),
        (' on BSD', '/bsd'),
        (' on ChromeOS', '/chromeos'),
        (' on an iPad', '/ipad'),
        (' on an iPhone', '/iphone'),
        (' on Linux', '/linux'),
        (' on macOS', '/macos'),
        (' on Windows', '/windows')
)
insert into browser_codes (words, code)
select names.words || systems.words, names.code || systems.code from names cross join systems;
update sessions set browser = coalesce((select code from browser_codes where words = sessions.browser), 'unknown');
update remember_tokens set browser = coalesce((select code from browser_codes where words = remember_tokens.browser), 'unknown');
update remember_tokens set retired_browser =
    coalesce((select code from browser_codes where words = remember_tokens.retired_browser), 'unknown')
    where retired_browser is not null;
update ended_devices set browser = coalesce((select code from browser_codes where words = ended_devices.browser), 'unknown')
    where browser is not null;
update audit set browser = coalesce((select code from browser_codes where words = audit.browser), 'unknown')
    where browser is not null;
drop table browser_codes;

-- What waiting emails report is JSON, which the two engines change by functions of different names; both know `replace`. A key
-- is never found within a text that a visitor chose: there its quotes are escaped.
update outbox set details = replace(details, '"visitor":null', '"actor":"command_line"');
update outbox set details = replace(details, '"visitor":{', '"actor":"owner","client":{');
update outbox set details = replace(details, '{"letter":', '{"kind":');
update outbox set details = replace(details, '"browser":"an unknown browser', '"browser":"unknown');
update outbox set details = replace(details, '"browser":"Chrome', '"browser":"chrome');
update outbox set details = replace(details, '"browser":"DuckDuckGo', '"browser":"duckduckgo');
update outbox set details = replace(details, '"browser":"Edge', '"browser":"edge');
update outbox set details = replace(details, '"browser":"Firefox', '"browser":"firefox');
update outbox set details = replace(details, '"browser":"Lynx', '"browser":"lynx');
update outbox set details = replace(details, '"browser":"Opera', '"browser":"opera');
update outbox set details = replace(details, '"browser":"Safari', '"browser":"safari');
update outbox set details = replace(details, '"browser":"Samsung Internet', '"browser":"samsung_internet');
update outbox set details = replace(details, '"browser":"SeaMonkey', '"browser":"seamonkey');
update outbox set details = replace(details, '"browser":"Vivaldi', '"browser":"vivaldi');
update outbox set details = replace(details, '"browser":"Yandex Browser', '"browser":"yandex');
update outbox set details = replace(details, ' on Android","request_id":', '/android","request_id":');
update outbox set details = replace(details, ' on BSD","request_id":', '/bsd","request_id":');
update outbox set details = replace(details, ' on ChromeOS","request_id":', '/chromeos","request_id":');
update outbox set details = replace(details, ' on an iPad","request_id":', '/ipad","request_id":');
update outbox set details = replace(details, ' on an iPhone","request_id":', '/iphone","request_id":');
update outbox set details = replace(details, ' on Linux","request_id":', '/linux","request_id":');
update outbox set details = replace(details, ' on macOS","request_id":', '/macos","request_id":');
update outbox set details = replace(details, ' on Windows","request_id":', '/windows","request_id":');
