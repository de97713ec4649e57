//! Rows with contents that this version would not write: they come from another version, or from someone with access
//! to the database.
use crate::support::{ADA, PASSWORD, Setup, TestSite};

#[test]
fn an_account_whose_address_no_rule_would_accept_today_is_not_locked_out() {
    let site = TestSite::new();
    site.ada();
    site.change(
        "update accounts set email = 'Ada <nonsense>', email_key = 'ada@example.org' where name = 'Ada'",
    );
    let mut again = site.visitor();
    assert_eq!(again.log_in(ADA, PASSWORD).location(), "/profile");
    assert!(again.get("/profile").body.contains("Ada &lt;nonsense&gt;"));
}

#[test]
fn a_name_from_an_older_rule_is_shown_unchanged() {
    let site = TestSite::new();
    site.ada();
    // A letter with more marks than a new name may have.
    let piled = format!("Z{}oe", "\u{35c}".repeat(12));
    site.change(format!("update accounts set name = '{piled}'").leak());
    let mut ada = site.visitor();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    assert!(ada.get("/profile").body.contains(&piled));
}

#[test]
fn an_email_to_an_invalid_address_fails_without_delaying_others() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    let sent = site.mails().len();
    let row = |id: &str, address: &str| {
        format!(
            "insert into outbox (id, kind, address, details, queued_at, due_at, attempts) values ('{id}', 'reset', \
             '{address}', '{{\"at\":0,\"actor\":\"command_line\"}}', 1767225600, 1767225600, 0)"
        )
    };
    site.change(row("a", "nonsense").leak());
    site.change(row("b", ADA).leak());
    assert_eq!(site.mails().len(), sent + 1);
    assert_eq!(site.text("select id from outbox"), "a");
    assert!(site.text("select last_error from outbox").contains("an address that is not valid"));
}

#[test]
fn an_actor_that_only_a_newer_version_knows_is_not_shown_as_the_owner() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.change("update audit set actor = 'archivist' where event = 'logged_in'");
    let activity = ada.get("/settings/activity");
    assert!(activity.says("By someone that this version of the program doesn't know"), "{}", activity.body);
}
