//! The templates and the words of an app: they take the place of ours, are built on ours, and tell what they lack.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rocket::http::Status;
use rocket::{Route, get, routes};
use serde_json::json;
use vestibule::base::config;
use vestibule::base::program::{AppFiles, Folder};
use vestibule::base::{Brand, Program, own_words};
use vestibule::layout::{Layout, check_templates};
use vestibule::web::{MissingParts, Page};

use crate::support::{PASSWORD, Setup, TestSite};

/// A folder with these files.
macro_rules! folder {
    ($($name:literal => $text:expr),* $(,)?) => {
        Folder::new(
            || vec![$($name.to_owned()),*],
            |name| match name {
                $($name => Some(Cow::Borrowed($text.as_bytes())),)*
                _ => None,
            },
            "",
        )
    };
}

/// The page of the app, whose template is one of the app.
fn pages() -> Vec<Route> {
    routes![notes]
}

#[get("/notes")]
fn notes(layout: Layout<'_>) -> Page {
    layout.page("notes.html", "Notes", json!({ "total": 2 }))
}

/// The app, with these templates and words.
fn app(templates: Folder, words: Folder) -> Program {
    Program::of_app("notes", "1.0.0", AppFiles { templates, words, ..AppFiles::default() })
}

fn site(templates: Folder) -> TestSite {
    Setup::new().program(app(templates, Folder::default())).page(pages()).build()
}

fn lacks(site: &TestSite) -> Vec<String> {
    site.client.rocket().state::<MissingParts>().unwrap().all()
}

/// A frame of an app that is built on ours.
const FRAME: &str = r#"{% extends "vestibule/base.html" %}
{% block frame_head %}<link rel="stylesheet" href="/notes.css">{% endblock frame_head %}
{% block brand %}<a href="{{ paths.home }}">{# fixed #}{{ site_name }} by Ada{# end fixed #}</a>{% endblock brand %}
{% block menu %}{{ super() }}{{ ui::nav_link(href="/extra", text="Extra", current=false) }}{% endblock menu %}
{% block frame_foot %}<p>Made at home</p>{% endblock frame_foot %}"#;

#[test]
fn our_pages_stand_in_the_frame_of_the_app_and_still_log_in() {
    const TITLE: &str =
        r#"{% extends "base.html" %}{% block main %}<h1>{{ page_title }}</h1>{% endblock main %}"#;
    let site = site(folder!("base.html" => FRAME, "notes.html" => TITLE));
    site.ada();
    let mut visitor = site.visitor();
    for page in ["/", "/login", "/signup", "/notes", "/nowhere"] {
        let answer = visitor.get(page);
        for text in ["/notes.css", "Vestibule by Ada</a>", "Extra</a>", "<p>Made at home</p>"] {
            assert_eq!(answer.body.matches(text).count(), 1, "{page}: {text} in {}", answer.body);
        }
        assert_eq!(answer.menu().first().map(String::as_str), Some("Home"), "{page}");
    }
    let login = visitor.get("/login");
    let loads = |attribute: &str, file: &str| login.values(attribute).iter().any(|at| at.starts_with(file));
    assert!(loads("src", "/static/password-") && loads("href", "/static/style-"), "{}", login.body);
    let answer = visitor.fill_in("/login", "/login", &[("email", "ada@example.org"), ("password", PASSWORD)]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/profile"));
    visitor.get("/profile");
    assert_eq!(lacks(&site), Vec::<String>::new());
}

/// A login page that is built on nothing of ours but the frame.
const LOGIN: &str = r#"{% extends "base.html" %}
{% block main %}<form method="post" action="{{ paths.login }}">{{ ui::form(value=form) }}
<input name="email"><input name="password" type="password"><button>Come in</button></form>{% endblock main %}"#;

#[test]
fn a_page_in_place_of_ours_tells_once_what_it_lacks() {
    let site = site(folder!("login.html" => LOGIN));
    let mut visitor = site.visitor();
    let told = |field: &str| {
        format!(
            "templates/login.html has no field `{field}` in its form to /login; ours has. \
             Compare it with `notes template show login.html`."
        )
    };
    let passkey = "templates/login.html has no form to /login/passkey with method post; ours has. \
                   Compare it with `notes template show login.html`.";
    assert!(visitor.get("/login").body.contains("Come in"));
    assert_eq!(lacks(&site), [told("remember"), passkey.to_owned()]);
    for _ in 0..2 {
        visitor.get("/login?next=%2Fsettings");
    }
    assert_eq!(lacks(&site), [told("next"), told("remember"), passkey.to_owned()]);
}

#[test]
fn a_page_that_is_built_on_ours_lacks_nothing() {
    const HELLO: &str =
        r#"{% extends "vestibule/login.html" %}{% block notices %}<p>Hello!</p>{% endblock notices %}"#;
    let site = site(folder!("login.html" => HELLO));
    let page = site.visitor().get("/login?next=%2Fsettings").body;
    assert!(page.contains("<p>Hello!</p>") && page.contains("name=\"next\""), "{page}");
    assert_eq!(lacks(&site), Vec::<String>::new());
}

#[test]
fn a_frame_in_place_of_ours_tells_what_all_pages_lack() {
    const BARE: &str = r#"{% import "macros.html" as ui %}{% set said = "" %}<!doctype html><title>{{ page_title }}</title>
        {% block head %}{% endblock head %}{% block notices %}{% include "notices.html" %}{% endblock notices %}
        {% block main %}{% endblock main %}"#;
    let site = site(folder!("base.html" => BARE));
    assert_eq!(site.visitor().get("/login").status, Status::Ok);
    assert_eq!(lacks(&site), Vec::<String>::new(), "strangers have no form in the menu");
    assert_eq!(site.ada().get("/profile").status, Status::Ok);
    let told = ["/logout", "/settings/security/passkeys/upgrade"].map(|form| {
        format!(
            "templates/base.html has no form to {form} with method post; ours has. Compare it with `notes template show \
             base.html`."
        )
    });
    assert_eq!(lacks(&site), told);
}

#[test]
fn an_email_in_place_of_ours_tells_that_it_has_no_link() {
    const HELLO: &str = r#"{% extends "frame.txt" %}{% block words %}Hello!{% endblock words %}"#;
    let site = site(folder!("mail/reset/mail.txt" => HELLO));
    let told = "templates/mail/reset/mail.txt has no `link`; ours has. \
                Compare it with `notes template show mail/reset/mail.txt`.";
    assert_eq!(lacks(&site), [told]);
}

#[test]
fn a_macro_of_the_app_takes_the_place_of_ours_on_every_page() {
    const TAB: &str = r#"{% macro nav_link(href, text, current) -%}
        <li class="tab"><a href="{{ href }}">{{ text }}</a></li>
        {%- endmacro nav_link %}"#;
    let site = site(folder!("macros.html" => TAB));
    let page = site.visitor().get("/login").body;
    assert!(page.contains("class=\"tab\"") && page.contains("id=\"password\""), "{page}");
    assert_eq!(lacks(&site), Vec::<String>::new());
}

/// A page with sentences of the app, and with ours.
const NOTES: &str = r#"{% extends "base.html" %}{% block main %}<p>{{ t("notes-many", total=total) }}</p>
    <p>{{ t("notes-whose", owner="Ada") }}</p><a href="{{ paths.login }}">{{ t("nav-login") }}</a>
    <img src="{{ asset(path="icon.svg") }}" alt="">{% endblock main %}"#;

const ENGLISH: &str = "notes-many = { $total ->\n    [one] One note\n   *[other] { $total } notes\n}\n\
                       notes-whose = For { $owner } & all\nnav-login = Come in\n";

const GERMAN: &str = "notes-many = { $total } Notizen\nnav-login = Herein\n";

#[test]
fn templates_of_the_app_have_its_sentences_and_ours() {
    let words = folder!("en.ftl" => ENGLISH, "de.ftl" => GERMAN);
    let site = Setup::new().program(app(folder!("notes.html" => NOTES), words)).page(pages()).build();
    for (language, many, login) in
        [("en", "2 notes", "Come in"), ("de", "2 Notizen", "Herein"), ("fr", "2 notes", "Connexion")]
    {
        let page = site.visitor().sending("Accept-Language", language).get("/notes");
        let texts =
            [format!("<p>{many}</p>"), "<p>For Ada &amp; all</p>".to_owned(), format!(">{login}</a>")];
        assert!(texts.iter().all(|text| page.body.contains(text)), "{language}: {}", page.body);
        assert!(page.values("src").iter().any(|at| at.starts_with("/static/icon-")), "{}", page.body);
    }
}

/// What stops the start of an app with these templates.
fn refused(templates: Folder) -> String {
    let folder = tempfile::tempdir().unwrap();
    let layers = config::defaults().merge(("vestibule.data_dir", folder.path()));
    let settings = config::read_for(&app(templates, Folder::default()), layers).unwrap().settings;
    let words = own_words::read(&settings).unwrap();
    check_templates(&settings, &words, &Brand::default()).map_err(|refusal| refusal.to_string()).unwrap_err()
}

#[test]
fn a_template_that_cannot_be_used_stops_the_start_with_its_file() {
    for (templates, told) in [
        (folder!("notes.html" => "<p>\n{% if %}</p>"), ["templates/notes.html: ", "2:7"]),
        (folder!("notes.html" => "{{ t(\"notes-lost\") }}"), ["templates/notes.html: ", "`notes-lost`"]),
        (folder!("notes/all.html" => "{{ paths.lost }}"), ["templates/notes/all.html: ", "`paths.lost`"]),
        (folder!("notes.html" => "{# fixed #}"), ["templates/notes.html: ", "{# end fixed #}"]),
        (folder!("notes.html" => "{% extends \"bse.html\" %}"), ["templates/notes.html: ", "bse.html"]),
        (folder!("vestibule/base.html" => "x"), ["templates/vestibule/base.html: ", "Move the file"]),
        (folder!("mail/reset/mail.txt" => "{{ link"), ["templates/mail/reset/mail.txt: ", "does not end"]),
        (folder!("mail/new/mail.txt" => "Hello!"), ["templates/mail/new/mail.html is missing", "."]),
    ] {
        let line = refused(templates);
        assert!(line.starts_with(told[0]) && !line.contains('\n') && line.ends_with('.'), "{line}");
        assert!(told.iter().all(|text| line.contains(*text)), "{line}");
    }
}

/// A folder on disk, as the app of a debug build has it.
static LIVE: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("templates-of-notes-{}", std::process::id())));

fn live_names() -> Vec<String> {
    let entries = fs::read_dir(&*LIVE).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

fn live_file(name: &str) -> Option<Cow<'static, [u8]>> {
    fs::read(LIVE.join(name)).ok().map(Cow::Owned)
}

/// Removes the folder, however the test ends.
struct Removed(&'static Path);

impl Drop for Removed {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0); // the test may have ended before it was made
    }
}

#[test]
fn a_frame_that_cannot_be_shown_is_named_without_a_frame() {
    let site = site(folder!("base.html" => "<p>{{ lost.word }}</p>"));
    let page = site.visitor().get("/login");
    assert_eq!(
        (page.status, page.header("content-type")),
        (Status::InternalServerError, "text/plain; charset=utf-8")
    );
    let why = "templates/base.html: ";
    assert_eq!(
        page.body.contains(why) && page.body.contains("`lost.word`"),
        cfg!(debug_assertions),
        "{}",
        page.body
    );
}

#[test]
fn an_edit_shows_at_the_next_request_and_a_broken_one_keeps_the_page() {
    if !cfg!(debug_assertions) {
        return; // a release build has everything inside
    }
    let place: &'static str = LIVE.to_str().unwrap().to_owned().leak();
    let _removed = Removed(Path::new(place));
    let site = site(Folder::new(live_names, live_file, place));
    let shown = || site.visitor().get("/notes");
    assert_eq!(shown().status, Status::InternalServerError, "the folder is absent");
    fs::create_dir(place).unwrap();
    fs::write(LIVE.join("notes.html"), "{% if %}").unwrap();
    let told = shown();
    assert!(told.says("A debug build shows why: ") && told.says("templates/notes.html: "), "{}", told.body);
    assert!(told.says("1:7"), "the mistake, not that the page is missing: {}", told.body);
    fs::remove_dir_all(place).unwrap();
    fs::create_dir(place).unwrap();
    let write = |file: &str, text: &str| fs::write(LIVE.join(file), text).unwrap();
    write("notes.html", "{% extends \"base.html\" %}{% block main %}Number one{% endblock main %}");
    assert!(shown().body.contains("Number one"));
    write("notes.html", "{% extends \"base.html\" %}{% block main %}Then number two{% endblock main %}");
    assert!(shown().body.contains("Then number two"));
    write("notes.html", "{% extends \"base.html\" %}{% if %}");
    for _ in 0..2 {
        assert!(shown().body.contains("Then number two"), "the page of before");
    }
    write("notes.html", "{% extends \"base.html\" %}{% block main %}The third{% endblock main %}");
    let frame =
        "{% extends \"vestibule/base.html\" %}{% block frame_foot %}Made at home{% endblock frame_foot %}";
    write("base.html", frame);
    let page = shown().body;
    assert!(page.contains("The third") && page.contains("Made at home"), "{page}");
    fs::remove_file(LIVE.join("base.html")).unwrap();
    assert!(!shown().body.contains("Made at home"));
}
