//! Our verifier of passkeys, and two others that many sites use, are asked the same: thousands of answers, right ones
//! and ones with a fault that is named or that falls somewhere. What ours accepts, both others must accept, and read
//! the same. Each difference stands in `differences.rs` with its reason.
//!
//! All answers are the same in each run, but for signatures by ES256. The last ones are in `target/tmp/webauthn-cases`.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod assertions;
mod authenticator_data;
mod case;
mod client_data;
mod differences;
mod draft;
mod peers;
mod public_keys;
mod random;
mod registrations;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use case::{CASES, Case, kinds};
use differences::{LOOSER, Looser, STRICTER, Stricter, is_anywhere};
use draft::{Of, Ours};
use peers::{Peer, Verdict};

#[test]
fn each_kind_of_answers_is_accepted_or_refused_for_its_reason() {
    let mut wrong = BTreeSet::new();
    for case in CASES.iter() {
        let (kind, why) = (case.kind, case.why());
        let is_right = match kind.ours {
            Ours::Accepts => why.is_none(),
            Ours::Refuses(reason) => why.as_deref() == Some(reason),
            Ours::Depends => true,
        };
        if !is_right {
            wrong.insert(format!("{:?} {}: {:?}, but it says {why:?}", case.of, kind.name, kind.ours));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn mangled_answers_are_sometimes_right() {
    for kind in kinds().filter(|kind| kind.ours == Ours::Depends) {
        let of_kind: Vec<_> = CASES.iter().filter(|case| case.kind.name == kind.name).collect();
        assert!(of_kind.iter().any(|case| case.ours.is_err()), "each answer is accepted: {}", kind.name);
        // Every bit of a signature matters. Of the rest, some are a counter or a name.
        if kind.of != Of::Assertion {
            assert!(of_kind.iter().any(|case| case.ours.is_ok()), "no answer is accepted: {}", kind.name);
        }
    }
}

#[test]
fn each_kind_has_a_name_of_its_own() {
    let names: BTreeSet<_> = kinds().map(|kind| kind.name).collect();
    assert_eq!(names.len(), kinds().count());
    let known = |name: &str| names.contains(name);
    assert!(STRICTER.iter().all(|row| known(row.kind)) && LOOSER.iter().all(|row| known(row.kind)));
}

#[test]
fn two_other_servers_say_the_same_but_for_differences_with_a_reason() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("webauthn-cases");
    let lines: Vec<String> = CASES.iter().map(|case| case.question.to_string()).collect();
    fs::write(&file, lines.join("\n")).unwrap();
    let mut found = Found::default();
    for peer in Peer::BOTH {
        let Some(verdicts) = peer.ask(&file) else { continue };
        assert_eq!(verdicts.len(), CASES.len(), "{peer:?} says something of each answer");
        for (number, case) in CASES.iter().enumerate() {
            found.compare(peer, number, case, &verdicts[&number]);
        }
        found.each_row_is_needed(peer);
    }
    println!("{} answers", CASES.len());
    found.counts.iter().for_each(|(what, count)| println!("{count:>6}  {what}"));
    assert!(found.unknown.is_empty(), "differences without a reason:\n{}", found.lines());
}

/// What a comparison has found.
#[derive(Default)]
struct Found {
    /// How often each outcome was met.
    counts: BTreeMap<String, usize>,
    /// The rows of `STRICTER` and `LOOSER` that were met.
    met: BTreeSet<(Peer, &'static str, String)>,
    /// What no row has, with how often, and an example.
    unknown: BTreeMap<String, (usize, String)>,
}

impl Found {
    fn compare(&mut self, peer: Peer, number: usize, case: &Case, theirs: &Verdict) {
        let name = case.kind.name;
        match (&case.ours, theirs.accepted) {
            (Ok(read), true) if *read == theirs.read => self.count(peer, "accepted by both"),
            (Ok(read), true) => {
                let what = format!("{peer:?} reads another value of {:?} {name}", case.of);
                self.report(what, format!("{number}: {read} here, {} there", theirs.read));
            }
            (Ok(_), false) => {
                let is_it =
                    |row: &&Looser| (row.kind, row.by) == (name, peer) && theirs.why.contains(row.told);
                match LOOSER.iter().find(is_it) {
                    Some(row) => {
                        self.met.insert((peer, row.kind, row.told.to_owned()));
                        self.count(peer, row.why);
                    }
                    None => {
                        let what = format!("{peer:?} refuses {:?} {name}, ours does not", case.of);
                        self.report(what, format!("{number}: {}", theirs.why));
                    }
                }
            }
            (Err(_), false) => self.count(peer, "refused by both"),
            (Err(refused), true) => {
                let refused = format!("{refused:?}");
                let is_it = |row: &&Stricter| {
                    (row.kind, row.refused) == (name, refused.as_str()) && row.by.contains(&peer)
                };
                match STRICTER.iter().find(is_it) {
                    Some(row) => {
                        self.met.insert((peer, row.kind, refused));
                        self.count(peer, row.why);
                    }
                    None => {
                        let what = format!("{peer:?} accepts {:?} {name}, ours says {refused}", case.of);
                        self.report(what, number.to_string());
                    }
                }
            }
        }
    }

    fn count(&mut self, peer: Peer, what: &str) {
        *self.counts.entry(format!("{peer:?}: {what}")).or_default() += 1;
    }

    fn report(&mut self, what: String, example: String) {
        self.unknown.entry(what).or_insert((0, example)).0 += 1;
    }

    /// Reports each row that no answer has met: a peer has become stricter, or ours has.
    fn each_row_is_needed(&mut self, peer: Peer) {
        let stricter =
            STRICTER.iter().filter(|row| row.by.contains(&peer)).map(|row| (row.kind, row.refused));
        let looser = LOOSER.iter().filter(|row| row.by == peer).map(|row| (row.kind, row.told));
        for (kind, what) in stricter.chain(looser).filter(|(kind, _)| !is_anywhere(kind)) {
            if !self.met.contains(&(peer, kind, what.to_owned())) {
                self.report(format!("{peer:?} meets no longer: {kind}, {what}"), "remove the row".to_owned());
            }
        }
    }

    fn lines(&self) -> String {
        let line = |(what, (count, example)): (&String, &(usize, String))| {
            format!("{count:>6}  {what} (such as answer {example})")
        };
        self.unknown.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
