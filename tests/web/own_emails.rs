//! Emails of an app: queued with what they report, sent to a confirmed address, in the language of its owner.

use std::borrow::Cow;

use rocket::http::Status;
use rocket::{State, post, routes};
use serde_json::json;
use vestibule::base::program::{AppFiles, Folder};
use vestibule::base::{Program, Site};
use vestibule::people::User;
use vestibule::services::outbox::{self, AppEmail, AppEmails};
use vestibule::{App, testing, web};

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const SHARED: AppEmail = AppEmail::new("note-shared", "You shared a note");
const LOST: AppEmail = AppEmail::new("note-lost", "You lost a note");

#[post("/share?<title>&<keep>")]
async fn share(user: User, site: &State<Site>, title: &str, keep: bool) -> web::Result<String> {
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    // The recipient is not for the app to choose.
    let values = json!({ "title": title, "name": "Mallory", "email": "mallory@example.org" });
    let queued = outbox::send(&mut tx, site, &user.id, SHARED, values).await?;
    if keep {
        tx.commit().await?;
    }
    Ok(queued.to_string())
}

#[post("/lose")]
async fn lose(user: User, site: &State<Site>) -> web::Result<String> {
    let mut tx = site.db.begin_locked(&[]).await?;
    Ok(outbox::send(&mut tx, site, &user.id, LOST, json!({})).await?.to_string())
}

#[post("/list")]
async fn list(user: User, site: &State<Site>) -> web::Result<String> {
    let mut tx = site.db.begin_locked(&[]).await?;
    Ok(outbox::send(&mut tx, site, &user.id, SHARED, json!(["Plants"])).await?.to_string())
}

fn template(path: &str) -> Option<Cow<'static, [u8]>> {
    let text: &[u8] = match path {
        "mail/note-shared/mail.txt" => b"Dear {{ name }}, you shared \"{{ title }}\". {{ home }}\n",
        "mail/note-shared/mail.html" => {
            b"<!doctype html>\n<p>Dear {{ name }}, you shared <b>{{ title }}</b>.</p>\n"
        }
        _ => return None,
    };
    Some(Cow::Borrowed(text))
}

fn templates() -> Vec<String> {
    vec!["mail/note-shared/mail.html".to_owned(), "mail/note-shared/mail.txt".to_owned()]
}

fn words(path: &str) -> Option<Cow<'static, [u8]>> {
    let text = "email-app-note-shared-subject = Sie haben „{ $title }“ geteilt\n".as_bytes();
    (path == "de.ftl").then_some(Cow::Borrowed(text))
}

fn files() -> AppFiles {
    AppFiles {
        templates: Folder::new(templates, template, ""),
        words: Folder::new(|| vec!["de.ftl".to_owned()], words, ""),
        ..AppFiles::default()
    }
}

fn program() -> Program {
    Program::of_app("notes", "1.0.0", files()).with(AppEmails(vec![SHARED]))
}

fn site(setup: Setup) -> TestSite {
    setup.program(program()).page(routes![share, lose, list]).build()
}

fn share_as(visitor: &mut Visitor<'_>) -> String {
    visitor.post("/share?title=Plants+%3Cb%3E&keep=true", "").body
}

#[test]
fn an_email_says_what_it_was_sent_with_in_the_templates_of_the_app() {
    let site = site(Setup::new().mail());
    let mut ada = site.ada_by_mail();
    assert_eq!(share_as(&mut ada), "true");
    assert_eq!(site.number("select count(*) from outbox where kind = 'app.note-shared'"), 1);
    let mail = site.newest(ADA);
    assert_eq!(mail.subject, "You shared a note");
    assert!(
        mail.text.starts_with("Dear Ada, you shared \"Plants <b>\". http://localhost:8000"),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("<p>Dear Ada, you shared <b>Plants &lt;b&gt;</b>.</p>"), "{}", mail.html);
    assert_eq!(site.number("select count(*) from outbox"), 0);
    // None is sent about what was not committed.
    ada.post("/share?title=x&keep=false", "");
    assert_eq!(site.number("select count(*) from outbox"), 0);
}

#[test]
fn the_test_of_an_app_reads_its_email_and_follows_its_link() {
    let app = App::new("notes", "1.0.0", files()).emails(&[SHARED]).mount(routes![share]);
    let site = testing::Setup::of(app).with_email().build();
    let mut ada = site.logged_in(ADA);
    assert_eq!(share_as(&mut ada), "true");
    let email = site.email_to(ADA);
    assert_eq!((&*email.to, &*email.subject), (ADA, "You shared a note"));
    assert!(email.text.starts_with("Dear Ada, you shared"), "{}", email.text);
    assert!(email.html.contains("<b>Plants &lt;b&gt;</b>"), "{}", email.html);
    assert_eq!(email.links, ["/"]);
    assert_eq!(site.emailed_link(ADA), "/", "there is no other");
    assert_eq!(ada.get(&email.links[0]).status(), 200);
    assert_eq!(site.emails().len(), 1);
}

#[test]
fn the_subject_is_in_the_language_of_the_owner_and_on_one_line() {
    let site = site(Setup::new().mail());
    let mut ada = site.ada_by_mail();
    site.change("update accounts set language = 'de'");
    assert_eq!(ada.post("/share?title=A%0D%0ABcc:+x&keep=true", "").body, "true");
    assert_eq!(site.newest(ADA).subject, "Sie haben „A  Bcc: x“ geteilt");
}

#[test]
fn without_email_there_is_none() {
    let site = site(Setup::new());
    assert_eq!(share_as(&mut site.ada()), "false");
    assert_eq!(site.number("select count(*) from outbox"), 0);
}

#[test]
fn only_the_owner_of_a_confirmed_address_gets_one_and_only_while_the_account_is_enabled() {
    let site = site(Setup::new().mail().with("unconfirmed_login", "yes"));
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    ada.log_in(ADA, PASSWORD);
    assert_eq!(share_as(&mut ada), "false", "someone may have typed the address");
    site.change("update accounts set confirmed_at = created_at");
    assert_eq!(share_as(&mut ada), "true");
    site.change("update accounts set disabled_at = created_at");
    assert!(!site.subjects(ADA).contains(&"You shared a note".to_owned()));
}

#[test]
fn it_goes_to_the_address_that_the_account_has_when_it_is_sent() {
    let site = site(Setup::new().mail());
    let mut ada = site.ada_by_mail();
    assert_eq!(share_as(&mut ada), "true");
    site.change("update outbox set due_at = due_at + 60");
    site.change("update accounts set email = 'ada@new.example', email_key = 'ada@new.example'");
    site.clock.advance(60);
    assert_eq!(site.subjects("ada@new.example"), ["You shared a note"]);
}

#[test]
fn an_app_that_sends_without_end_fills_no_inbox() {
    let site = site(Setup::new().mail().patient());
    let mut ada = site.ada_by_mail();
    let sent: Vec<String> = (0..32).map(|_| share_as(&mut ada)).collect();
    assert_eq!(sent.iter().filter(|sent| *sent == "true").count(), 30, "{sent:?}");
    assert_eq!(sent[30..], ["false", "false"]);
    site.clock.advance(120);
    assert_eq!(["true", "false"].map(str::to_owned), [share_as(&mut ada), share_as(&mut ada)]);
}

#[test]
fn an_email_of_another_version_of_the_app_waits() {
    let site = site(Setup::new().mail());
    let mut ada = site.ada_by_mail();
    site.mails();
    assert_eq!(share_as(&mut ada), "true");
    site.change("update outbox set kind = 'app.note-eaten'");
    assert!(!site.subjects(ADA).contains(&"You shared a note".to_owned()));
    assert_eq!(
        site.text("select last_error from outbox"),
        "an email of another version of the app waits to be sent"
    );
}

#[test]
fn what_is_wrong_in_the_code_of_the_app_is_an_error() {
    let site = site(Setup::new().mail());
    let mut ada = site.ada_by_mail();
    assert_eq!(ada.post("/list", "").status, Status::InternalServerError);
    #[cfg(debug_assertions)]
    assert_eq!(ada.post("/lose", "").status, Status::InternalServerError);
    let unwritten = AppEmails(vec![SHARED, LOST]).check(&program()).unwrap_err().to_string();
    assert_eq!(
        unwritten,
        "The email `note-lost` has no template templates/mail/note-lost/mail.txt. Write one."
    );
    assert_eq!(AppEmails(vec![SHARED]).check(&program()), Ok(()));
}
