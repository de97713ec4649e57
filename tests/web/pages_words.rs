//! What pages and emails say where someone is unsure: before something is done, while an email is on its way, and
//! after a link was used. Whether words are right in every language, `words.rs` checks.

use std::fs;

use rocket::http::Status;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "ada@new.example";

/// Beginnings and ends of sentences that people misunderstood. None may come back.
const FORMER: [&str; 48] = [
    "a copy of a remembered",
    "all that belongs to it",
    "all that this site holds",
    "another email address was asked",
    "answers to this",
    "asked to be remembered",
    "back to the newest",
    "by a remembered device",
    "cannot be answered",
    "cannot be brought back",
    "cannot be printed",
    "could not be judged",
    "did not arrive",
    "do well.",
    "does not do that",
    "does not work any more",
    "each link works once",
    "from another site",
    "from your network",
    "gave the password",
    "gets { $address } back",
    "here you are logged in",
    "if it stays",
    "if you do not know",
    "is as it was before",
    "is to have this address",
    "is told, and can",
    "is yours alone",
    "its cookie",
    "keep it",
    "leave it as it is",
    "leave the link alone",
    "logs out all other devices",
    "mails go",
    "nearly done",
    "no mail to",
    "nothing here",
    "remembers you",
    "stops working",
    "the mail",
    "the password stopped",
    "this is a top-100",
    "until it is opened",
    "used nowhere else",
    "waits to be confirmed",
    "was not understood",
    "was typed",
    "worth nothing",
];

/// Asserts that a page says all of these.
fn says(page: &Answer, sentences: &[&str]) {
    for sentence in sentences {
        assert!(page.says(sentence), "{sentence}\n{}", page.text());
    }
}

/// A link as it stands on a page.
fn link(to: &str, words: &str) -> String {
    format!("<a href=\"{to}\">{words}</a>")
}

fn with_mail() -> TestSite {
    Setup::new().mail().patient().build()
}

/// Opens a link from an email. Returns its page.
fn opened(visitor: &mut Visitor<'_>, link: &str) -> Answer {
    let page = visitor.get(link).location().to_owned();
    visitor.get(&page)
}

#[test]
fn no_sentence_is_again_one_that_people_misunderstood() {
    let file = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/words/en.ftl")).unwrap();
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    // A key may have any words.
    let lines = lines.map(|line| {
        if line.starts_with(' ') { line } else { line.split_once(" =").map_or("", |(_, text)| text) }
    });
    let text = lines.collect::<Vec<_>>().join("\n").to_lowercase();
    assert!(text.len() > 10_000, "{}", text.len());
    let again: Vec<_> = FORMER.iter().filter(|words| text.contains(**words)).collect();
    assert!(again.is_empty(), "{again:?}");
}

/// Those who are frightened read it, close the page, and must not believe that it was done.
#[test]
fn a_page_that_asks_speaks_of_the_future_and_has_a_way_to_leave_everything() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    site.clock.advance(2);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    let secure = site.mailed_link(ADA);
    site.clock.advance(2);
    assert_eq!(
        ada.submit("/settings/close", &[("email", ADA), ("password", PASSWORD)]).status,
        Status::SeeOther
    );
    let delete = site.mailed_link(ADA);
    let mut reader = site.visitor();
    let asking = [
        (
            secure,
            "Log out everywhere?",
            "This will log out every device of ada@example.org and cancel your password. We'll then email you a link to choose a new one.",
        ),
        (
            delete,
            "Delete your account?",
            "This will delete the account that we wrote to ada@example.org about, with its name, address, devices and activity. This can't be undone.",
        ),
    ];
    for (address, question, told) in asking {
        let page = opened(&mut reader, &address);
        says(&page, &[&format!("<h1>{question}</h1>"), told, "class=\"primary danger\""]);
        assert!(
            page.says(&link("/", "No, it was me")) || page.says(&link("/", "Leave everything as it is")),
            "{question}"
        );
    }
    assert!(ada.is_logged_in(), "nothing was done");

    site.clock.advance(2);
    assert_eq!(ada.submit("/settings/email", &[("email", NEW)]).location(), "/settings/account");
    ada.get(&site.mailed_link(NEW));
    assert_eq!(ada.submit("/change-email", &[("password", PASSWORD)]).location(), "/settings/account");
    let page = opened(&mut reader, &site.mailed_link(ADA));
    let told = "This will give your account its old address ada@example.org back, log out every device and cancel your \
                password. We'll then email you a link to choose a new one.";
    says(
        &page,
        &["<h1>Undo the change of your email address?</h1>", told, &link("/", "Leave everything as it is")],
    );
}

#[test]
fn the_settings_say_what_will_happen() {
    let site = TestSite::new();
    let mut ada = site.ada();
    says(
        &ada.get("/settings/account"),
        &[
            "Changing it logs you out everywhere else.",
            "Everything this site knows about you, as a file.",
            "This can't be undone.",
        ],
    );
    says(&ada.get("/settings/password"), &["<p>You'll be logged out everywhere else.</p>"]);
    says(
        &ada.get("/settings/devices"),
        &["You are logged in on these devices. Don't recognise one? Log it out and change your password."],
    );
    let told = "Your account ada@example.org will be deleted, with your name, address, devices and activity. This can't be undone.";
    says(&ada.get("/settings/close"), &[told]);
    let hint =
        "Keeps you logged in on this device for 30 days at most. Please don't use it on a shared computer.";
    says(&site.visitor().get("/login"), &["Remember me", hint, "aria-describedby=\"remember-hint\""]);

    let site = with_mail();
    let mut ada = site.ada_by_mail();
    let told = "We'll send a link to the new address. Open it within an hour to make the change. We'll also tell your old \
                address, and you can undo the change from there for 7 days.";
    says(&ada.get("/settings/email"), &[told]);
    site.clock.advance(2);
    assert_eq!(ada.submit("/settings/email", &[("email", NEW)]).location(), "/settings/account");
    says(
        &ada.get("/settings/account"),
        &[
            "You asked to change it to ada@new.example. Open the link in the email we sent there.",
            "Cancel the change",
        ],
    );
    says(
        &ada.get("/settings/activity"),
        &["You asked to change your email address", "<span class=\"mark email\">Email address</span>"],
    );
    let page = opened(&mut ada, &site.mailed_link(NEW));
    says(
        &page,
        &[
            "From now on, you will log in with ada@new.example and get our emails there. To confirm, enter the password of your account.",
            "<p class=\"soft\">Not you? Someone may have typed your address by mistake. You can simply close this page.</p>",
            &link("/", "Leave everything as it is"),
        ],
    );
}

#[test]
fn while_an_email_is_on_its_way_pages_say_where_to_look_and_whom_to_ask() {
    let nothing = "Nothing there? It can take a few minutes. Please look in your spam folder too.";
    let site = with_mail();
    let mut ada = site.visitor();
    says(
        &ada.get("/forgot"),
        &[
            "We'll email you a link to choose a new one.",
            "Please use the link within an hour. It works only once.",
        ],
    );
    says(&ada.get("/confirm/new"), &["Didn't get it, or is it too old? We'll send another."]);
    assert_eq!(ada.sign_up(ADA, "Ada", PASSWORD).location(), "/confirm/new");
    let page = ada.get("/confirm/new");
    says(&page, &[nothing, ">Send it again</button>", ">Use another address</a>"]);
    assert!(!page.says("Still nothing?"), "there is no one to write to");
    let page = opened(&mut ada, &site.mailed_link(ADA));
    let told = "<p class=\"soft\">Don't know it? Choose a new password. That also shuts out anyone else who signed up with your address.</p>";
    says(&page, &[told, &link("/forgot", "Choose a new password")]);
    let mut late = site.visitor();
    let over = opened(&mut late, "/confirm?token=nothing");
    assert_eq!(over.status, Status::Gone);
    let told = "It has been used, has expired, or was replaced by a newer one or by a new password. If you have used it \
                already, everything is done.";
    says(&over, &["<h1>This link no longer works</h1>", told]);

    let site = Setup::new().mail().with("contact", "Ruth Meier <ruth@example.org>").build();
    let mut ada = site.visitor();
    ada.submit("/forgot", &[("email", ADA)]);
    says(&ada.get("/forgot"), &[nothing, "Still nothing? Write to Ruth Meier <ruth@example.org>."]);
}

#[test]
fn an_email_says_what_was_done_and_what_to_do_if_it_was_someone_else() {
    let site = with_mail();
    let reads = |to: &str, sentences: &[&str]| {
        let mail = site.newest(to);
        for sentence in sentences {
            assert!(mail.text.contains(sentence), "{sentence}\n{}", mail.text);
        }
        assert!(mail.text.contains("Please don't reply; no one reads this mailbox."), "{}", mail.text);
    };
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    let ignore = "If it wasn't you, ignore this email; the link does nothing without the password.";
    reads(ADA, &["Someone (we hope it was you) signed up at Vestibule with this address.", ignore]);
    ada.get(&site.mailed_link(ADA));
    assert_eq!(ada.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
    site.clock.advance(2);
    site.visitor().sign_up(ADA, "Eve", PASSWORD);
    reads(
        ADA,
        &[
            "There already is one, so nothing has changed.",
            "If it wasn't you, you don't need to do anything.",
        ],
    );
    site.clock.advance(2);
    site.visitor().submit("/forgot", &[("email", ADA)]);
    reads(
        ADA,
        &[
            "Someone asked to reset the password of your account ada@example.org. To choose a new one, open this link:",
            "If you asked more than once, each of the links works until you have used one of them.",
            "If it wasn't you, ignore this email; your password stays the same.",
        ],
    );
    site.clock.advance(2);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    reads(ADA, &["Wasn't you? This logs out every device and lets you choose a new password:"]);
    site.clock.advance(2);
    assert_eq!(ada.submit("/settings/email", &[("email", NEW)]).location(), "/settings/account");
    reads(
        NEW,
        &["Someone (we hope it's you) wants to use this address for their account at Vestibule.", ignore],
    );
    ada.get(&site.mailed_link(NEW));
    assert_eq!(ada.submit("/change-email", &[("password", PASSWORD)]).location(), "/settings/account");
    reads(ADA, &["The email address of your account is now ada@new.example. We'll write to you there."]);
}

#[test]
fn several_wrong_passwords_are_reported_with_what_follows_from_them() {
    // Without the patience of `with_mail`: the report comes with the first pause.
    let site = Setup::new().mail().build();
    site.ada_by_mail();
    let mut stranger = site.visitor();
    for _ in 0..5 {
        stranger.log_in(ADA, "seven lazy violet teapots");
    }
    let mail = site.newest(ADA);
    for sentence in [
        "Several wrong passwords in a row were entered for your account ada@example.org. Each further attempt has to wait longer.",
        "If it wasn't you: as long as your password is hard to guess and you don't use it anywhere else, you don't need to do anything.",
    ] {
        assert!(mail.text.contains(sentence), "{sentence}\n{}", mail.text);
    }
}
