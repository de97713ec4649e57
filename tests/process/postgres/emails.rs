//! Emails that either of two instances may send. Only one of them sends each.

use std::collections::BTreeSet;

use super::cluster::Cluster;
use super::sites::KEY;
use crate::folder::Folder;
use crate::smtp::Smtp;
use crate::visitor::Visitor;

#[test]
#[ignore = "needs PostgreSQL, and Python with aiosmtpd"]
fn each_email_is_sent_by_only_one_of_two_instances() {
    let what = "emails of two instances";
    let (Some(smtp), Some(cluster)) = (Smtp::start(&[]), Cluster::start(&["fsync=off"], what)) else {
        return;
    };
    let url = cluster.create("site");
    let folders = [Folder::new(), Folder::new()];
    let start = |folder| {
        let run = smtp.site(folder, "smtp://localhost?tls=none").patient().var("ROCKET_SECRET_KEY", KEY);
        run.var("VESTIBULE_DATABASE_URL", &url).var("VESTIBULE_LIMIT_MAILS", "1000000").start()
    };
    let sites = [start(&folders[0]), start(&folders[1])];
    const MAILS: usize = 30;
    for n in 0..MAILS {
        let answer = Visitor::at(sites[n % 2].address).sign_up(&format!("n{n}@example.org"));
        assert_eq!(answer.leads_to(), "/confirm/new", "{answer:?}");
    }
    let mut told = BTreeSet::new();
    for n in 0..MAILS {
        let to = smtp.mail()["to"][0].as_str().unwrap().to_owned();
        assert!(told.insert(to.clone()), "email {n}, to {to}, was sent twice");
    }
    smtp.stays_idle();
    assert_eq!(cluster.sql("site", "select count(*) from outbox"), ["0"]);
    println!("{MAILS} emails, two instances: each sent once");
    sites.into_iter().for_each(|site| super::sites::ended_well(&site.stop()));
}
