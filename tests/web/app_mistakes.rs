//! A mistake in how an app is put together stops its start with one line, which names the code or the file and says
//! what to type.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rocket::{get, post, routes};
use serde::Deserialize;
use vestibule::base::program::{AppFiles, Folder};
use vestibule::testing::TestSite;
use vestibule::{App, EmailKind, Event, Group, Notice};

const SAVED: Notice = Notice::success("note-saved", "Your note was saved.");
const SAVED_BEFORE: Notice = Notice::warning("note-saved", "It was saved before.");
const SHARED: Event = Event::new("note-shared", "You shared a note");
const SHARED_EMAIL: EmailKind = EmailKind::new("note-shared", "You shared a note");

/// A folder with one file.
macro_rules! folder {
    ($name:literal => $text:expr) => {
        Folder::new(
            || vec![$name.to_owned()],
            |name| (name == $name).then_some(Cow::Borrowed($text.as_bytes())),
            "",
        )
    };
}

#[get("/notes")]
fn notes() -> &'static str {
    "No notes."
}

#[get("/notes")]
fn more_notes() -> &'static str {
    "No notes either."
}

#[get("/login")]
fn login() -> &'static str {
    "Who are you?"
}

#[post("/settings/close")]
fn close() -> &'static str {
    "Stay!"
}

#[get("/health")]
fn health() -> &'static str {
    "Fine."
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only asked for")]
struct Own {
    page_size: u16,
}

struct Odd;

impl Group for Odd {
    const NAME: &'static str = "The Editors";
}

fn app() -> App {
    app_of(AppFiles::default())
}

fn app_of(files: AppFiles) -> App {
    App::new("notes", "1.0.0", files).mount(routes![notes])
}

/// What stops the start of an app.
fn refused(app: App) -> String {
    let stopped = catch_unwind(AssertUnwindSafe(|| drop(TestSite::of(app))));
    let said = stopped.err().and_then(|said| said.downcast::<String>().ok()).expect("the app has started");
    let line = said.strip_prefix("the app does not start: ").unwrap_or_else(|| panic!("{said}"));
    assert!(!line.contains('\n') && line.ends_with(['.', '?']), "{line}");
    line.to_owned()
}

/// Asserts that an app does not start, and that the line has all these words.
fn is_told(app: App, words: &[&str]) {
    let line = refused(app);
    assert!(words.iter().all(|word| line.contains(word)), "{words:?}: {line}");
}

#[test]
fn a_code_that_is_given_twice_is_named_with_the_call_that_takes_it() {
    for (app, what, code) in [
        (app().notices(&[SAVED, SAVED]), "notice", "note-saved"),
        (app().notices(&[SAVED]).notices(&[SAVED_BEFORE]), "notice", "note-saved"),
        (app().events(&[SHARED, SHARED]), "event", "note-shared"),
        (app().events(&[SHARED]).events(&[SHARED]), "event", "note-shared"),
        (app().emails(&[SHARED_EMAIL, SHARED_EMAIL]), "email", "note-shared"),
    ] {
        let told = format!(
            "The app has the {what} `{code}` twice. Give one of the two another code, or give it to App::{what}s only once."
        );
        assert_eq!(refused(app), told);
    }
    // What is of another kind has codes of its own.
    drop(TestSite::of(
        app().notices(&[Notice::success("note-shared", "You shared a note.")]).events(&[SHARED]),
    ));
}

#[test]
fn a_code_that_cannot_be_used_is_told_with_one_that_can() {
    let such_as = "small letters, digits and single hyphens, beginning with a letter, at most 40 characters, such as `note-shared`.";
    is_told(app().notices(&[Notice::error("Note lost", "")]), &["The notice `Note lost` needs", such_as]);
    is_told(app().events(&[Event::new("note_lost", "")]), &["The event `note_lost` needs", such_as]);
    is_told(app().emails(&[EmailKind::new("", "Hello")]), &["The email `` needs", such_as]);
    let ours = EmailKind::new("confirm", "Is it you?");
    is_told(
        app().emails(&[ours]),
        &["The email `confirm` is one of Vestibule's. Give that of the app another code."],
    );
    let file = "templates/mail/note-shared/mail.txt. Write one.";
    is_told(app().emails(&[SHARED_EMAIL]), &["The email `note-shared` has no template", file]);
}

#[test]
fn a_link_to_no_page_or_for_no_group_is_told_with_what_to_mount_or_to_write() {
    let mount = "Mount a GET route there, or";
    is_told(
        app().link("Todos", "/todos"),
        &["\"Todos\" in the menu leads to /todos, which is no page.", mount],
    );
    is_told(
        app().link_for_all("Far", "https://a.example/"),
        &["https://a.example/, which is no page.", mount],
    );
    is_told(app().link(" ", "/notes"), &["The link to /notes in the menu has no text.", "Give it one"]);
    let group = ["for the group \"The Editors\", which is no name of a group.", "Use 1 to 64 of a-z"];
    is_told(app().link_for::<Odd>("Drafts", "/notes"), &group);
    is_told(app().landing("/todos"), &["The landing /todos is no page.", mount, "such as /profile"]);
}

#[test]
fn a_route_that_cannot_be_mounted_is_told_with_what_to_write_instead() {
    let page = "belongs to Vestibule. To change that page, write templates/login.html;";
    is_told(app().mount(routes![login]), &["GET /login (function login) ", page, "choose another path."]);
    is_told(app().mount_for_programs(routes![login]), &["GET /login (function login) ", page]);
    is_told(app().mount(routes![close]), &["POST /settings/close (function close) ", "templates/close.html"]);
    is_told(app().mount(routes![health]), &["GET /health (function health) ", "Choose another path."]);
    let two =
        "GET /notes (function notes) and GET /notes (function more_notes) would answer the same requests.";
    is_told(app().mount(routes![more_notes]), &[two, "Give one of them another path, or a rank."]);
    is_told(
        app().mount_at("shop", routes![notes]),
        &["App::mount_at", "\"shop\"", "Write a path such as \"/shop\""],
    );
    is_told(app().mount_at("/gate", routes![notes]), &["GET /gate/notes", "reserved. Choose another path."]);
}

#[test]
fn what_can_be_given_once_is_named_with_its_call() {
    is_told(app().manage(5_u8).manage(6_u8), &["App::manage", "u8", "Only one value of a type"]);
    is_told(
        app().settings::<Own>().settings::<Own>(),
        &["App::settings is called twice.", "into one struct"],
    );
    let command = || app().command("tidy", "Tidy up", |_, _| async { Ok(()) });
    is_told(
        command().command("tidy", "Tidy up again", |_, _| async { Ok(()) }),
        &["The command \"tidy\" of notes is there twice.", "Give it another name in App::command."],
    );
    is_told(
        app().command("check", "Check the notes", |_, _| async { Ok(()) }),
        &["The command \"check\" of notes is a command of Vestibule.", "Give it another name"],
    );
    is_told(app().allow("images", "data:"), &["allow(\"images\", \"data:\")", "There are: ", "img-src"]);
    let inline = ["allow(\"script-src\", \"'unsafe-inline'\")", "put it into static/NAME.js"];
    is_told(app().allow("script-src", "'unsafe-inline'"), &inline);
    let named = ["The name \"Notes\" of the app", "under [package] in its Cargo.toml."];
    is_told(App::new("Notes", "1.0.0", AppFiles::default()), &named);
    // The first mistake is told, not the last.
    is_told(app().mount_at("shop", routes![notes]).allow("images", "data:"), &["App::mount_at"]);
}

#[test]
fn a_template_that_cannot_be_used_is_named_with_the_place() {
    let with = |templates| app_of(AppFiles { templates, ..AppFiles::default() });
    is_told(with(folder!("notes.html" => "<p>\n{% if %}</p>")), &["templates/notes.html: ", "2:7"]);
    is_told(
        with(folder!("all/a.html" => "{{ t(\"lost\") }}")),
        &["templates/all/a.html: ", "`lost`", "words/"],
    );
    is_told(
        with(folder!("notes.html" => "{% extends \"bse.html\" %}")),
        &["templates/notes.html: ", "bse.html"],
    );
    is_told(
        with(folder!("vestibule/base.html" => "x")),
        &["templates/vestibule/base.html: ", "Move the file"],
    );
    is_told(
        with(folder!("mail/shared/mail.txt" => "Hello!")),
        &["templates/mail/shared/mail.html is missing. Write it"],
    );
}

#[test]
fn words_that_cannot_be_used_are_named_with_their_file() {
    let with = |words| app_of(AppFiles { words, ..AppFiles::default() });
    is_told(
        with(folder!("en.ftl" => "nav-hom = Start\n")),
        &["words/en.ftl ", "`nav-hom`", "Did you mean `nav-home`"],
    );
    is_told(
        with(folder!("en.ftl" => "nav-home\n")),
        &["words/en.ftl line 1 ", "a sentence has the form `key = Text`."],
    );
    is_told(with(folder!("notes.txt" => "")), &["words/notes.txt is not used.", "such as en.ftl."]);
    is_told(with(folder!("DE.ftl" => "nav-home = Haus\n")), &["words/DE.ftl ", "Rename it to de.ftl."]);
}

#[test]
fn a_table_that_cannot_be_made_is_named_with_its_file() {
    let with = |migrations| app_of(AppFiles { migrations, ..AppFiles::default() });
    let bare = with(folder!("0001_notes.sql" => "create table notes (id text primary key not null)"));
    is_told(bare, &["The table notes of migrations/0001_notes.sql must be called app_…"]);
    let named = with(folder!("notes.sql" => "create table app_notes (id text primary key not null)"));
    is_told(named, &["The file migrations/notes.sql", "Call it 0001_name.sql"]);
    let ending = with(folder!("0001_notes.sql" => "create table app_notes (id text);\ncommit;"));
    is_told(ending, &["The file migrations/0001_notes.sql says `commit`", "Remove that statement."]);
    let broken = with(folder!("0001_notes.sql" => "create tabel app_notes (id text)"));
    is_told(broken, &["The migration migrations/0001_notes.sql of notes failed: ", "tabel"]);
}

#[test]
fn settings_inside_the_app_that_cannot_be_read_are_named() {
    let with = |settings| app_of(AppFiles { settings, ..AppFiles::default() });
    let misspelled = with("[default.notes]\npage_sise = 5\n").settings::<Own>();
    is_told(misspelled, &["`page_sise` of notes in Rocket.toml of notes.", "Did you mean `page_size`?"]);
    is_told(
        with("[default.notes]\npage_size = 5\n"),
        &["[default.notes]", "declare them with App::settings."],
    );
    is_told(
        app().settings::<Own>(),
        &["notes needs the setting page_size.", "[default.notes]", "NOTES_PAGE_SIZE"],
    );
    is_told(app().settings::<u16>(), &["The settings of notes are no struct", "Give App::settings one"]);
}
