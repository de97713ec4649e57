//! The pages of administrators about apps: added, changed, disabled, removed.

use rocket::http::Status;
use vestibule::services::apps::RemoteUser;

use crate::admin_accounts::{ROOT, root, site};
use crate::admin_pages::{ACTIVITY, run};
use crate::apps::{app, read};
use crate::support::{Answer, BEGINNING, Setup, TestSite, Visitor};

pub const APPS: &str = "/admin/apps";
const NEW: &str = "/admin/apps/new";
pub const WIKI: &str = "/admin/apps/wiki";
const SETTINGS: &str = "/admin/apps/wiki/settings";

/// The fields of the form, but for the name, and with these instead.
pub fn fields<'f>(typed: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let usual = ["title", "at", "groups", "paths", "fresh_for"].map(|name| (name, ""));
    let all = usual.into_iter().chain([("remote_user", "handle")]);
    let mut all: Vec<_> = all.filter(|(name, _)| typed.iter().all(|(instead, _)| instead != name)).collect();
    all.extend_from_slice(typed);
    all
}

/// Fills in the form for a new app.
pub fn add(root: &mut Visitor<'_>, typed: &[(&str, &str)]) -> Answer {
    root.fill_in(NEW, NEW, &fields(typed))
}

/// Of what an app was made when its page was shown, as the form there carries it.
pub fn made_from(page: &Answer) -> String {
    let (_, rest) =
        page.body.split_once("name=\"made_from\" value=\"").unwrap_or_else(|| panic!("{}", page.body));
    rest.split('"').next().unwrap().to_owned()
}

/// Fills in the form of an app that exists, on its page as it is now.
pub fn save(root: &mut Visitor<'_>, page: &str, typed: &[(&str, &str)]) -> Answer {
    let made_from = made_from(&root.get(page));
    let typed = [typed, &[("made_from", &*made_from)]].concat();
    root.fill_in(page, &format!("{page}/settings"), &typed)
}

pub fn group(site: &TestSite, name: &str) {
    run(site, format!("insert into groups values ('{name}', 'The {name}', {BEGINNING}, 'command_line')"));
}

/// What stands in a field of several lines.
pub fn lines(page: &Answer, field: &str) -> String {
    let area = page.pieces(&format!("<textarea id=\"{field}\""), "</textarea>").concat();
    let (_, text) = area.split_once(">\n").unwrap_or_else(|| panic!("{field}: {area}"));
    text.replace("&#x2F;", "/")
}

/// How many events of apps there are.
pub fn events(site: &TestSite) -> i64 {
    site.number("select count(*) from audit where event like 'connected_app_%'")
}

/// What the page of an app says where no proxy is trusted.
const UNTRUSTED: &str = "trusted_proxies is empty, so no proxy may ask about apps. For a proxy on this machine, set trusted_proxies = [\"127.0.0.1\", \"::1\"], and restart the site.";

#[test]
fn an_app_is_added_changed_disabled_enabled_and_removed() {
    let site = site();
    let mut root = root(&site);
    group(&site, "family");
    assert!(root.get(APPS).says("There are no apps yet."));
    let typed = [
        ("name", "wiki"),
        ("title", "Our wiki"),
        ("at", "https://wiki.example.org\r\nhttp://notes.example.org:8080/"),
        ("groups", "family"),
        ("paths", "/public open\r\n/admin admins, family"),
        ("remote_user", "email"),
        ("fresh_for", "15min"),
    ];
    assert_eq!(add(&mut root, &typed).location(), WIKI);
    let shown = root.get(WIKI);
    let open = "/public and all below it is open to everyone, also without a login.";
    assert_eq!(shown.notices(), ["The app was added.", open, UNTRUSTED]);
    for said in [
        "<title>App: Our wiki",
        "<a href=\"https://wiki.example.org\">",
        "vestibule app snippet wiki nginx",
        "vestibule app check wiki",
        "The family",
    ] {
        assert!(shown.says(said), "{said}: {}", shown.body);
    }
    let made = app(&site, "wiki");
    assert_eq!(
        (made.title.as_str(), made.remote_user, made.fresh_for),
        ("Our wiki", RemoteUser::Email, Some(900))
    );
    assert_eq!(
        made.origins.iter().map(|origin| origin.host()).collect::<Vec<_>>(),
        ["notes.example.org", "wiki.example.org"]
    );
    assert_eq!((made.groups.len(), made.paths.len()), (1, 2));

    // Without a title, its name is that. Everything else is exactly what the form says.
    let changed = fields(&[("at", "https://wiki.example.org"), ("remote_user", "id")]);
    assert_eq!(save(&mut root, WIKI, &changed).location(), WIKI);
    assert_eq!(
        root.get(WIKI).notices(),
        ["The app was saved. That holds from the next request on.", UNTRUSTED]
    );
    let made = app(&site, "wiki");
    assert_eq!((made.title.as_str(), made.remote_user, made.fresh_for), ("wiki", RemoteUser::Id, None));
    assert!(made.groups.is_empty() && made.paths.is_empty() && made.origins.len() == 1);

    for (act, notice, disabled) in [
        ("disabling", "The app was disabled. No one can open it.", true),
        ("enabling", "The app was enabled again.", false),
    ] {
        for _ in 0..2 {
            assert_eq!(root.fill_in(WIKI, &format!("{WIKI}/{act}"), &[]).location(), WIKI);
        }
        let shown = root.get(WIKI);
        assert_eq!(shown.notices(), [notice, UNTRUSTED]);
        assert_eq!(shown.says("Disabled since"), disabled, "{act}: {}", shown.body);
        assert_eq!(root.get(APPS).says(">Disabled<"), disabled, "{act}");
        assert_eq!(app(&site, "wiki").disabled_at.is_some(), disabled);
    }

    let removal = format!("{WIKI}/removal");
    assert_eq!(root.fill_in(&removal, &removal, &[]).location(), APPS);
    assert_eq!(root.get(APPS).notices(), ["The app was removed. No one can open it through the proxy."]);
    assert_eq!(root.get(WIKI).status, Status::NotFound);
    assert!(read(&site).is_empty());
    assert_eq!(events(&site), 5, "what is so already is no event");
    let activity = root.get(ACTIVITY);
    for (sentence, about) in [
        ("An app was added", "wiki"),
        ("An app was changed", "wiki: title, groups, at, paths, remote_user, fresh_for"),
        ("An app was disabled", "wiki"),
        ("An app was enabled again", "wiki"),
        ("An app was removed", "wiki"),
    ] {
        assert!(activity.says(sentence), "{sentence}: {}", activity.body);
        assert!(activity.says(&format!("<code>{about}</code>")), "{about}: {}", activity.body);
    }
}

#[test]
fn bad_input_comes_back_as_it_was_typed_with_one_sentence_by_its_field() {
    let site = site();
    let mut root = root(&site);
    site.app("blog", "Blog", &[], &["https://blog.example.org"]);
    let too_long = "w".repeat(61);
    let many = (0..21).map(|n| format!("https://a{n}.example.org")).collect::<Vec<_>>().join("\n");
    let wrong = [
        ("name", "The Wiki", "Use 1 to 64 of a-z"),
        ("name", "blog", "There is already an app with this name."),
        ("title", &*too_long, "Use up to 60 characters on one line."),
        ("at", "wiki.example.org", "wiki.example.org cannot be the address of an app."),
        (
            "at",
            "https://wiki.example.org/path",
            "https://wiki.example.org/path cannot be the address of an app.",
        ),
        ("at", "https://*.example.org", "cannot be the address of an app."),
        ("at", "https://localhost", "localhost is this site itself."),
        ("at", "https://blog.example.org:8443", "blog.example.org already belongs to the app blog."),
        ("at", "https://a.example\nhttps://a.example:8443", "a.example is there twice."),
        ("at", &*many, "An app has at most 20 addresses."),
        ("groups", "family", "There is no group family."),
        ("groups", "The-Choir", "There is no group The-Choir."),
        ("paths", "admin admins", "admin cannot be used as a path here."),
        ("paths", "/a%20b open", "/a%20b cannot be used as a path here."),
        ("paths", "/admin", "Say who may open /admin: names of groups, or “open” alone."),
        ("paths", "/admin admins open", "Say who may open /admin"),
        ("paths", "/admin admins\n/b family", "There is no group family."),
        ("paths", "/a open\n/a/ admins", "/a is there twice."),
        ("fresh_for", "15", "Enter a time from 1m to 30d, such as 15m."),
        ("fresh_for", "31d", "Enter a time from 1m to 30d, such as 15m."),
    ];
    let asks = |root: &mut Visitor<'_>, page: &str, action: &str, all: &[(&str, &str)], told: &str| {
        let answer = root.fill_in(page, action, all);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{all:?}");
        assert_eq!(answer.pieces("<p class=\"wrong\"", "</p>").len(), 1, "{all:?}: {}", answer.body);
        assert!(answer.says(told), "{told}: {}", answer.body);
        answer
    };
    for (field, typed, told) in wrong {
        let rest = [("name", "wiki"), ("title", "A <b>title</b>"), ("at", "https://wiki.example.org")];
        let rest = rest.into_iter().filter(|(name, _)| *name != field).chain([(field, typed)]);
        let all = fields(&rest.collect::<Vec<_>>());
        let answer = asks(&mut root, NEW, NEW, &all, told);
        for (name, typed) in &all {
            let comes_back = match *name {
                "at" | "paths" => lines(&answer, name) == *typed,
                "remote_user" => answer.says("value=\"handle\" selected"),
                _ => answer.says(&format!("value=\"{typed}\"")),
            };
            assert!(comes_back, "{name} of {all:?}: {}", answer.body);
        }
        let described = answer.pieces(&format!(" id=\"{field}\""), ">").concat();
        assert!(
            described.contains(&format!("{field}-error")) && described.contains("autofocus"),
            "{described}"
        );
    }
    // The same form of an app that exists.
    site.app("wiki", "Our wiki", &[], &["https://wiki.example.org"]);
    for (field, typed, told) in wrong.into_iter().filter(|(field, ..)| *field != "name") {
        let made_from = made_from(&root.get(WIKI));
        let all = fields(&[(field, typed), ("made_from", &*made_from)]);
        let answer = asks(&mut root, WIKI, SETTINGS, &all, told);
        assert!(answer.says("<title>") && answer.says("Our wiki"), "{all:?}");
    }
    assert_eq!((read(&site).len(), events(&site)), (2, 2));
    // No browser sends these.
    for all in [fields(&[]), fields(&[("name", "wiki"), ("remote_user", "nothing")]), vec![("name", "notes")]]
    {
        let answer = root.fill_in(NEW, NEW, &all);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{all:?}");
    }
    for all in [fields(&[("name", "x"), ("made_from", "x")]), fields(&[])] {
        assert_eq!(root.fill_in(WIKI, SETTINGS, &all).status, Status::UnprocessableEntity, "{all:?}");
    }
    assert_eq!((read(&site).len(), events(&site)), (2, 2));
}

#[test]
fn an_app_of_a_site_with_tls_has_it_too() {
    let site = Setup::new().with("base_url", "https://login.example.org").patient().build();
    let mut root = root(&site);
    let plain = add(&mut root, &[("name", "wiki"), ("at", "http://wiki.example.org")]);
    assert!(plain.says("wiki.example.org needs https, as this site has it."), "{}", plain.body);
    assert_eq!(add(&mut root, &[("name", "wiki"), ("at", "https://wiki.example.org")]).location(), WIKI);
}

#[test]
fn an_app_may_be_called_like_the_page_for_a_new_one() {
    let site = site();
    let mut root = root(&site);
    let added = add(&mut root, &[("name", "new"), ("title", "Novelties")]);
    let page = added.location().to_owned();
    assert_eq!(page, format!("{APPS}/{}", app(&site, "new").id));
    assert!(root.get(&page).says("Novelties"));
    assert!(root.get(APPS).values("href").contains(&page));
    assert!(root.get(NEW).says("<h2>New app</h2>"));
    let renamed = fields(&[("title", "News")]);
    assert_eq!(save(&mut root, &page, &renamed).location(), page);
    assert_eq!(app(&site, "new").title.as_str(), "News");
}

#[test]
fn a_form_that_is_sent_twice_is_done_once_and_a_page_that_is_gone_is_not_there() {
    let site = site();
    let mut root = root(&site);
    let value = root.get(NEW).form_value();
    let all = [&[("form", &*value)], &*fields(&[("name", "wiki")])].concat();
    for _ in 0..2 {
        assert_eq!(root.submit(NEW, &all).location(), WIKI);
    }
    assert_eq!((read(&site).len(), events(&site)), (1, 1));
    for (method, path) in [
        ("GET", "none"),
        ("GET", "none/accounts"),
        ("GET", "none/removal"),
        ("GET", "Wiki"),
        ("POST", "none/disabling"),
        ("POST", "none/enabling"),
        ("POST", "none/removal"),
        ("POST", "none/settings"),
    ] {
        let kind = Some("application/x-www-form-urlencoded");
        let answer = root.request(method, &format!("{APPS}/{path}"), kind, "");
        assert_eq!(answer.status, Status::NotFound, "{method} {path}");
    }
}

#[test]
fn what_was_done_names_the_administrator_and_no_account() {
    let site = site();
    let mut root = root(&site);
    add(&mut root, &[("name", "wiki")]);
    let by = "select count(*) from audit where event = 'connected_app_created' and actor = 'administrator' \
              and account_id is null and actor_id is not null";
    assert_eq!(site.number(by), 1);
    let page = format!("/admin/accounts/{}", site.account(ROOT).id);
    assert!(root.get(ACTIVITY).values("href").contains(&page));
}
