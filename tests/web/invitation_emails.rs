//! Invitations that are emailed: the link in the email is none of those that are handed over, and both end together.

use vestibule::base::Token;
use vestibule::features::invite::{self, ByEmail, Invited};
use vestibule::services::invitations::{self, Lifetime, Made, NewInvitation, Renewed, Revoked};
use vestibule::services::links::LinkId;
use vestibule::web::Submission;

use crate::invitations::{BY, RUTH, account, into_the_choir, is_open, only_for, revoke, uses, with_a_choir};
use crate::support::{Setup, TestSite};

fn site() -> TestSite {
    with_a_choir(Setup::new().mail())
}

/// Makes an invitation, and emails it if it is for an address.
fn by_email(site: &TestSite, new: &NewInvitation) -> Made {
    let made = invite::invite(&site.site, new, ByEmail::Yes, BY, |_| Submission::none());
    match site.block_on(made).unwrap() {
        Invited::Done(made, _) => *made,
        other => panic!("{other:?}"),
    }
}

/// The secret of the link in the newest email to an address.
fn mailed_to(site: &TestSite, address: &str) -> Token {
    let link = site.mailed_link(address);
    Token::parse(link.strip_prefix("/invited?token=").unwrap()).unwrap()
}

#[test]
fn an_email_brings_a_link_of_its_own_that_takes_the_same_use() {
    let site = site();
    let made = by_email(&site, &only_for("Ruth@Example.org"));
    let mail = site.newest("Ruth@example.org");
    assert_eq!(mail.subject, "You are invited to Vestibule");
    assert!(mail.text.contains("within 7 days") && !mail.text.contains("Sopranos"), "{}", mail.text);
    let mailed = mailed_to(&site, "Ruth@example.org");
    assert!(mailed != made.token && is_open(&site, &mailed) && is_open(&site, &made.token));
    let written = site.written();
    for token in [&mailed, &made.token] {
        let secret = token.reveal();
        assert!(!written.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()), "a link is stored");
    }
    let ruth = account(&site, RUTH);
    assert!(uses(&site, &mailed, &ruth));
    assert!(!is_open(&site, &mailed) && !is_open(&site, &made.token));
}

#[test]
fn an_invitation_for_no_address_is_emailed_to_no_one() {
    let site = site();
    let made = by_email(&site, &into_the_choir(1));
    assert!(site.mails().is_empty() && is_open(&site, &made.token));
    assert_eq!(site.number("select count(*) from outbox"), 0);
}

#[test]
fn an_emailed_link_ends_with_the_one_that_was_handed_over() {
    let site = site();
    let made = by_email(&site, &only_for(RUTH));
    let first = mailed_to(&site, RUTH);
    let mail = LinkId::of_email(&site.text("select mail_id from invitations"));
    let again = (&made.invitation.id, Lifetime::WEEK);
    let form = Submission::none();
    let again = invite::renew(&site.site, again, ByEmail::Yes, BY, &form);
    assert!(matches!(site.block_on(again).unwrap(), Ok(Renewed::Done(_))));
    let second = mailed_to(&site, RUTH);
    assert!(!is_open(&site, &first) && is_open(&site, &second));
    // If the first email still waited, it would not be sent any more.
    assert!(site.block_on(invitations::mailed(&site.site, &mail)).unwrap().is_none());
    let mail = LinkId::of_email(&site.text("select mail_id from invitations"));
    assert_eq!(revoke(&site, &made), Revoked::Done);
    assert!(!is_open(&site, &second));
    assert!(site.block_on(invitations::mailed(&site.site, &mail)).unwrap().is_none());
}

#[test]
fn an_email_that_is_sent_again_has_the_same_link() {
    let site = site();
    by_email(&site, &only_for(RUTH));
    let sent = mailed_to(&site, RUTH);
    let mail = LinkId::of_email(&site.text("select mail_id from invitations"));
    site.clock.advance(3_600);
    let again = site.block_on(invitations::mailed(&site.site, &mail)).unwrap().unwrap();
    assert!(again.address.ends_with(&format!("/invited?token={}", sent.reveal())), "another link");
    assert_eq!(again.seconds, 7 * 24 * 3_600 - 3_600);
}

/// Those who have the key of before can compute the links in emails, and no others.
#[test]
fn the_link_in_an_email_ends_when_the_key_is_replaced() {
    let site = site();
    let made = by_email(&site, &only_for(RUTH));
    let mailed = mailed_to(&site, RUTH);
    site.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        invitations::end_mailed(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    });
    assert!(!is_open(&site, &mailed) && is_open(&site, &made.token));
}
