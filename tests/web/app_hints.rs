//! Mistakes of an app that would show nowhere: names of fields that do not fit, a form without its hidden value, a block
//! that is never shown, a form that leads to no page. A debug build and the tests of an app say what they are.

use std::borrow::Cow;

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, State, get, post, routes};
use serde_json::Value;
use vestibule::base::program::{AppFiles, Folder};
use vestibule::testing::{Answer, TestSite};
use vestibule::web::MissingParts;
use vestibule::{App, FormErrors, Group, Layout, Member, Once, Page, Post, Result, Site};

/// A folder with these templates.
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

/// A page with a form that fits, and others that need no hidden value.
const ITEMS: &str = r#"{% extends "base.html" %}
{% import "macros.html" as ui %}
{% block main %}
    {% block items %}<h1>{{ page_title }}</h1>{% endblock items %}
    <form method="post" action="/items">
      {{ ui::form(value=form) }}
      {%- if errors.form %}{{ ui::notice(kind="error", text=errors.form) }}{% endif %}
      {{ ui::field(name="text", label="Text", placeholder="", autocomplete="off", error=errors.text | default(value="")) }}
      <button type="submit">Save</button>
    </form>
    <form action="/items"><input name="q"><button type="submit">Search</button></form>
    <form method="post" action="https://pay.example/items"><button type="submit">Pay</button></form>
    <form method="post" action="/another/app"><button type="submit">Elsewhere</button></form>
{% endblock main %}"#;

#[derive(FromForm)]
struct Item<'r> {
    text: &'r str,
    note: Option<&'r str>,
}

#[get("/items")]
fn index(layout: Layout<'_>) -> Page {
    layout.page("items.html", "Items", Value::Null)
}

#[get("/items/<id>")]
fn show(id: &str) -> String {
    format!("Item {id}")
}

#[post("/items", data = "<post>")]
fn create(post: Post<'_, Item<'_>>) -> std::result::Result<Redirect, Status> {
    let item = post.fields().ok_or(Status::UnprocessableEntity)?;
    Ok(Redirect::to(format!("/items/{}", item.text.len() + item.note.map_or(0, str::len))))
}

#[derive(FromForm)]
struct Size {
    size: u8,
}

#[post("/sizes", data = "<post>")]
fn measure(post: Post<'_, Size>) -> String {
    format!("{:?}", post.fields().map(|size| size.size))
}

/// Shows errors of two fields: that of `text`, and one that is misspelt.
#[post("/items/judged")]
fn judged(layout: Layout<'_>) -> Page {
    let errors = FormErrors::about_all("Nothing fits.").and("text", Some("Say <who> & 'when'."));
    index(layout).with_errors(errors.and("amont", Some("How many are there?")))
}

#[post("/items/fine")]
fn fine(layout: Layout<'_>) -> Page {
    let errors = FormErrors::about_all("Nothing fits.").and("text", Some("Say <who> & 'when'."));
    index(layout).with_errors(errors)
}

#[derive(FromForm)]
struct Place<'r> {
    to: &'r str,
}

/// Leads to what was typed.
#[post("/lead", data = "<post>")]
async fn lead(site: &State<Site>, once: Once<'_>, post: Post<'_, Place<'_>>) -> Result<vestibule::Answer> {
    let to = post.fields().map(|place| place.to.to_owned()).unwrap_or_default();
    let tx = site.db.begin_locked(&[]).await?;
    once.commit(tx, to, None).await
}

fn app(templates: Folder) -> App {
    let files = AppFiles { templates, ..AppFiles::default() };
    App::new("shop", "1.0.0", files).mount(routes![index, show, create, measure, judged, fine, lead])
}

fn site(templates: Folder) -> TestSite {
    TestSite::of(app(templates))
}

fn hints(site: &TestSite) -> Vec<String> {
    site.client.rocket().state::<MissingParts>().unwrap().hints()
}

/// What is told of a form with these fields.
fn told_of(fields: &[(&str, &str)]) -> Vec<String> {
    let site = site(folder!("items.html" => ITEMS));
    for _ in 0..2 {
        site.visitor().submit("/items", fields);
    }
    hints(&site)
}

#[test]
fn a_form_whose_fields_do_not_fit_is_told_with_their_names() {
    const COMPARE: &str = "Compare the names in the template.";
    let cases: [(&[(&str, &str)], &str); 6] = [
        (
            &[("txt", "a secret")],
            "the form has the field `txt`, which `Item` does not have; `text` is missing.",
        ),
        (&[("text", "a"), ("more", "b")], "the form has the field `more`, which `Item` does not have."),
        (&[], "the form lacks the field `text` of `Item`."),
        (&[("text[]", "a")], "the form has the field `text[]`, which `Item` does not have."),
        (&[("text", "a"), ("text", "b")], "sent more than once: `text`."),
        (
            &[("text", "a"), ("form", "b")],
            "{{ ui::form(value=form) }} is not the first thing inside the form.",
        ),
    ];
    for (fields, told) in cases {
        let lines = told_of(fields);
        assert_eq!(lines.len(), 1, "{fields:?}: {lines:?}");
        let line = &lines[0];
        assert!(line.starts_with(&format!("POST /items: {told} {COMPARE}")), "{line}");
        assert!(!line.contains("secret"), "{line}");
    }
    let fitting: [&[(&str, &str)]; 2] =
        [&[("text", "a")], &[("text", "a"), ("note", "b"), ("username", "c")]];
    for fits in fitting {
        assert_eq!(told_of(fits), Vec::<String>::new(), "{fits:?}");
    }
}

#[test]
fn a_value_that_its_field_does_not_take_is_told_without_it() {
    let site = site(folder!("items.html" => ITEMS));
    assert_eq!(site.visitor().submit("/sizes", &[("size", "41")]).body, "Some(41)");
    assert_eq!(hints(&site), Vec::<String>::new());
    assert_eq!(site.visitor().submit("/sizes", &[("size", "enormous")]).body, "None");
    let told = "POST /sizes: what was entered does not fit the type of `size`. So `fields` is `None`: ask `typed` first.";
    assert_eq!(hints(&site), [told]);
}

#[test]
fn a_form_of_the_page_fits() {
    let site = site(folder!("items.html" => ITEMS));
    let answer = site.visitor().fill_in("/items", "/items", &[("text", "three")]);
    assert_eq!((answer.location(), hints(&site)), ("/items/5", Vec::new()));
}

#[test]
fn an_error_that_the_page_shows_nowhere_is_told_with_its_field() {
    let site = site(folder!("items.html" => ITEMS));
    let answer = |path: &str| -> Answer { site.visitor().post(path, "") };
    assert!(answer("/items/fine").says("Say <who> & 'when'."));
    assert_eq!(hints(&site), Vec::<String>::new());
    assert_eq!(answer("/items/judged").status(), 422);
    let told = "The error of the field `amont` is shown nowhere on templates/items.html. Correct the name, or show \
                `errors.amont`.";
    assert_eq!(hints(&site), [told]);
}

#[test]
fn a_walk_passes_forms_that_need_no_hidden_value() {
    site(folder!("items.html" => ITEMS)).walk();
}

#[test]
#[should_panic(expected = "templates/items.html: the form to /items lacks {{ ui::form(value=form) }}")]
fn a_walk_fails_at_a_form_without_its_hidden_value() {
    const BARE: &str = r#"{% extends "base.html" %}{% block main %}
        <form method="post"><input name="text"><button>Save</button></form>{% endblock main %}"#;
    site(folder!("items.html" => BARE)).walk();
}

#[test]
#[should_panic(expected = "templates/items.html: the form to /items lacks {{ ui::form(value=form) }}")]
fn a_walk_fails_at_a_form_that_does_not_begin_with_it() {
    const LATE: &str = r#"{% extends "base.html" %}{% block main %}
        <form method="post"><input name="text">{{ ui::form(value=form) }}<button>Save</button></form>{% endblock main %}"#;
    site(folder!("items.html" => LATE)).walk();
}

#[test]
#[should_panic(
    expected = "the app does not start: templates/base.html: vestibule/base.html has no block `frame_haed`. \
                Did you mean `frame_head`?"
)]
fn a_block_that_is_never_shown_stops_the_start() {
    const FRAME: &str =
        r#"{% extends "vestibule/base.html" %}{% block frame_haed %}x{% endblock frame_haed %}"#;
    site(folder!("base.html" => FRAME, "items.html" => ITEMS));
}

#[test]
#[should_panic(
    expected = "templates/mail/shared/mail.txt: frame.txt has no block `wrods`. Did you mean `words`?"
)]
fn a_block_of_an_email_that_is_never_shown_does_too() {
    const TEXT: &str = r#"{% extends "frame.txt" %}{% block wrods %}Hello!{% endblock wrods %}"#;
    const HTML: &str = "<p>Hello!</p>";
    site(folder!("mail/shared/mail.txt" => TEXT, "mail/shared/mail.html" => HTML));
}

struct Editors;

impl Group for Editors {
    const NAME: &'static str = "editors";
}

struct Choir;

impl Group for Choir {
    const NAME: &'static str = "choir";
}

#[get("/drafts")]
fn drafts(_editor: Member<Editors>) -> Status {
    Status::InternalServerError
}

#[get("/songs")]
fn songs(_editor: Member<Editors>, _singer: Member<Choir>) -> Status {
    Status::InternalServerError
}

#[test]
#[should_panic(expected = "GET /drafts is answered with 500")]
fn a_walk_opens_the_pages_of_a_group() {
    TestSite::of(app(folder!("items.html" => ITEMS)).mount(routes![drafts])).walk();
}

#[test]
#[should_panic(expected = "GET /songs is answered with 500")]
fn a_walk_opens_the_pages_of_two_groups() {
    TestSite::of(app(folder!("items.html" => ITEMS)).mount(routes![songs])).walk();
}

#[test]
fn a_form_that_leads_to_no_page_of_the_site_is_not_done() {
    let site = site(folder!("items.html" => ITEMS));
    let lead = |to: &str| site.visitor().submit("/lead", &[("to", to)]);
    for lost in ["/itmes", "/items/", "/items/1/2", "/lead", "/itmes?all=1"] {
        assert_eq!((lead(lost).status(), lead(lost).location()), (500, ""), "{lost}");
    }
    for page in ["/items", "/items?all=1#end", "/items/12", "/login", "/health", "https://pay.example/items"]
    {
        assert_eq!((lead(page).status(), lead(page).location()), (303, page), "{page}");
    }
}
