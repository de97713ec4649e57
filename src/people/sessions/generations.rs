//! The tokens of a remembered device, one after another: what one that is shown is worth, and what the row holds afterwards.
//! Nothing here asks a database or a clock, so that every walk can be tried.
//!
//! A row holds the hashes of these tokens:
//!
//! - **current** (C): given last. It has never been shown: the moment it is, another takes its place.
//! - **previous** (P): the one that was shown for C. Who holds it did not get C, or is a tab that opened with the one that did.
//! - **before** (Q): the one that P took the place of, kept for [`GRACE`] seconds after P was first shown.
//! - **retired**: C, P and Q as they were when its owner last changed the password, or logged all others out, from this device.
//!
//! | shown | when | worth | the row afterwards |
//! |---|---|---|---|
//! | C | | [`Rotates`](Worth::Rotates): a session and another token N | C = N, P = C, Q = P, rotated now |
//! | P | within [`GRACE`] of the last rotation | [`Shares`](Worth::Shares): the session which that opened, no token | the same |
//! | P | later: the answer with C was lost | [`Heals`](Worth::Heals): a session and another token N | C = N, P = P, no Q, rotated now; the C before is worth what an unknown one is |
//! | Q | within [`GRACE`] of the last rotation | [`Shares`](Worth::Shares) | the same |
//! | retired | within [`GRACE`] of the act | [`Retired`](Worth::Retired), spared: nobody, and the cookie is left | the same |
//! | retired | later | [`Retired`](Worth::Retired): nobody, told when and from where, and the cookie is taken back | the same |
//! | anything else | | [`Copied`](Worth::Copied): there are two of it | gone with all sessions of the device; its owner is told |
//!
//! The owner's own act (by who shows C or P, in a session of the device) sets C = N, no P, no Q, retired = the C, P and Q before.
//!
//! So a lost answer, and several in a row, heal themselves, and who never gave a copy away is never told of one. A copy is
//! found as soon as both who hold it have come back and got a token each: the one that is shown next is of neither kind. A
//! session for C or P may be refused where a device opens too many ([`Action::ResumeDevice`](crate::base::limit::Action));
//! then nothing changes, as if nothing had been shown.

use crate::base::{Time, TokenHash};

/// For so many seconds after a token was replaced it is no sign of anything: tabs that open together all show it, and so do
/// the requests that a reverse proxy makes for one page. Longer than a browser waits between such requests, and shorter than
/// it takes to use a copy without a trace: who shows it meanwhile gets no token.
pub(super) const GRACE: i64 = 60;

/// What a device's row holds of its tokens, as hashes.
#[derive(Clone, Debug, Default, PartialEq, sqlx::FromRow)]
pub(super) struct Generations {
    #[sqlx(rename = "token_hash")]
    pub(super) current: String,
    #[sqlx(rename = "previous_hash")]
    pub(super) previous: Option<String>,
    #[sqlx(rename = "before_hash")]
    pub(super) before: Option<String>,
    /// When the current one was made, in seconds since 1970. `None`: at log-in.
    pub(super) rotated_at: Option<i64>,
    /// With spaces between them.
    #[sqlx(rename = "retired_hashes")]
    pub(super) retired: Option<String>,
    /// When they were, in seconds since 1970.
    pub(super) retired_at: Option<i64>,
    /// The browser that it was done from, in words.
    pub(super) retired_from: Option<String>,
}

/// What a token that is shown is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Worth {
    /// A session, and another token: it is the one that was given last.
    Rotates,
    /// The same: it is the one before, whose successor never reached anybody.
    Heals,
    /// The session that the last rotation opened: it is a tab that came a moment later.
    Shares,
    /// Nothing: its owner's own act replaced it. `spared`: a moment ago.
    Retired { spared: bool },
    /// Nothing, and there are two of it.
    Copied,
}

impl Generations {
    /// What a token is worth at a moment.
    pub(super) fn judge(&self, shown: &TokenHash, now: Time) -> Worth {
        let (shown, now) = (shown.as_str(), now.unix());
        let within = |since: Option<i64>| since.is_some_and(|since| now.saturating_sub(since) <= GRACE);
        if shown == self.current {
            Worth::Rotates
        } else if self.previous.as_deref() == Some(shown) {
            if within(self.rotated_at) { Worth::Shares } else { Worth::Heals }
        } else if self.before.as_deref() == Some(shown) && within(self.rotated_at) {
            Worth::Shares
        } else if self.retired.iter().any(|retired| retired.split(' ').any(|retired| retired == shown)) {
            Worth::Retired { spared: within(self.retired_at) }
        } else {
            Worth::Copied
        }
    }

    /// The row after a token that [rotates](Worth::Rotates) or [heals](Worth::Heals) was shown, and `next` was given for it.
    pub(super) fn after_use(&self, shown: &TokenHash, next: &TokenHash, now: Time) -> Generations {
        let first_use = shown.as_str() == self.current;
        Generations {
            current: next.as_str().to_owned(),
            previous: Some(shown.as_str().to_owned()),
            before: self.previous.clone().filter(|_| first_use),
            rotated_at: Some(now.unix()),
            ..self.clone()
        }
    }

    /// Whether whoever shows a token may go on under another after their own act. Not with the one two before: it gets no
    /// token otherwise either.
    pub(super) fn may_go_on(&self, shown: &TokenHash) -> bool {
        shown.as_str() == self.current || self.previous.as_deref() == Some(shown.as_str())
    }

    /// The row after its owner's own act, for which `next` was given.
    pub(super) fn after_own_act(&self, next: &TokenHash, now: Time, browser: &str) -> Generations {
        let held = [Some(&self.current), self.previous.as_ref(), self.before.as_ref()];
        let held: Vec<&str> = held.into_iter().flatten().map(|hash| &**hash).collect();
        Generations {
            current: next.as_str().to_owned(),
            previous: None,
            before: None,
            rotated_at: Some(now.unix()),
            retired: Some(held.join(" ")),
            retired_at: Some(now.unix()),
            retired_from: Some(browser.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Token;
    use proptest::prelude::*;

    /// The owner or the thief.
    #[derive(Clone, Default)]
    struct Holder {
        /// The newest token they have.
        held: Option<TokenHash>,
        /// Whether it was given to them after the copy was made.
        got_one: bool,
    }

    /// A device, who holds a token of it, and what is known of a copy.
    struct Walk {
        device: Generations,
        alive: bool,
        now: i64,
        owner: Holder,
        thief: Holder,
        copied: bool,
    }

    /// What somebody does.
    #[derive(Clone, Copy, Debug)]
    enum Step {
        /// Comes back with what they hold; so many tabs at once; the answer with the token is lost, or not.
        Visit {
            thief: bool,
            tabs: u8,
            lost: bool,
        },
        /// Changes the password, or logs all others out, in a session that a visit opens.
        Act {
            thief: bool,
            lost: bool,
        },
        /// The thief copies what the owner holds.
        Copy,
        Wait(i64),
    }

    impl Walk {
        fn new() -> Walk {
            let token = Token::generate().hash();
            let device = Generations { current: token.as_str().to_owned(), ..Generations::default() };
            let owner = Holder { held: Some(token), got_one: false };
            Walk { device, alive: true, now: 1_767_225_600, owner, thief: Holder::default(), copied: false }
        }

        fn holder(&mut self, thief: bool) -> &mut Holder {
            if thief { &mut self.thief } else { &mut self.owner }
        }

        /// Shows what a holder has. What it was worth.
        fn visit(&mut self, thief: bool, lost: bool) -> Option<Worth> {
            let shown = self.holder(thief).held.clone().filter(|_| self.alive)?;
            let now = Time::from_unix(self.now);
            let worth = self.device.judge(&shown, now);
            match worth {
                Worth::Rotates | Worth::Heals => {
                    let next = Token::generate().hash();
                    self.device = self.device.after_use(&shown, &next, now);
                    if !lost {
                        *self.holder(thief) = Holder { held: Some(next), got_one: self.copied };
                    }
                }
                Worth::Shares | Worth::Retired { spared: true } => {}
                Worth::Retired { spared: false } => self.holder(thief).held = None,
                Worth::Copied => {
                    assert!(self.copied, "somebody is told of a copy that nobody made");
                    self.alive = false;
                }
            }
            Some(worth)
        }

        fn act(&mut self, thief: bool, lost: bool) {
            let worth = self.visit(thief, false);
            if !matches!(worth, Some(Worth::Rotates | Worth::Heals | Worth::Shares)) {
                return;
            }
            let Some(shown) = self.holder(thief).held.clone() else { return };
            if !self.device.may_go_on(&shown) {
                return;
            }
            let next = Token::generate().hash();
            self.device = self.device.after_own_act(&next, Time::from_unix(self.now), "Firefox on Linux");
            // What the other one holds is worth nothing from now on: there are two no more.
            self.owner.got_one = false;
            self.thief.got_one = false;
            if !lost {
                self.holder(thief).held = Some(next);
            }
        }

        fn take(&mut self, step: Step) {
            match step {
                Step::Wait(seconds) => self.now += seconds,
                Step::Copy => {
                    let held = self.owner.held.clone();
                    self.copied |= held.is_some();
                    self.owner.got_one = false;
                    self.thief = Holder { held, got_one: false };
                }
                Step::Act { thief, lost } => self.act(thief, lost),
                Step::Visit { thief, tabs, lost } => {
                    let both_got_one = self.owner.got_one && self.thief.got_one;
                    let held = self.holder(thief).held.clone();
                    let worth = self.visit(thief, lost);
                    // Tabs that sent the same cookie in the same moment.
                    for _ in 1..tabs {
                        if let (true, Some(held)) = (self.alive, &held) {
                            let worth = self.device.judge(held, Time::from_unix(self.now));
                            let came_later = matches!(worth, Worth::Shares | Worth::Retired { .. });
                            assert!(came_later, "{worth:?}");
                        }
                    }
                    if both_got_one {
                        self.other_is_found(thief, worth);
                    }
                }
            }
        }

        /// Both got a token of their own since the copy was made. Only one of the two is of this row; the other one, shown
        /// outside of a grace, ends the device.
        fn other_is_found(&self, thief: bool, worth: Option<Worth>) {
            let other = if thief { &self.owner } else { &self.thief };
            let now = Time::from_unix(self.now + GRACE + 1);
            if let (true, Some(other), Some(Worth::Rotates)) = (self.alive, &other.held, worth) {
                assert_eq!(self.device.judge(other, now), Worth::Copied, "the other one goes on");
            }
        }
    }

    fn step() -> impl Strategy<Value = Step> {
        let visit = (any::<bool>(), 1..4u8, proptest::bool::weighted(0.3));
        let act = (any::<bool>(), any::<bool>());
        prop_oneof![
            8 => visit.prop_map(|(thief, tabs, lost)| Step::Visit { thief, tabs, lost }),
            1 => act.prop_map(|(thief, lost)| Step::Act { thief, lost }),
            1 => Just(Step::Copy),
            5 => prop_oneof![Just(0), Just(1), Just(GRACE), Just(GRACE + 1), 0i64..200].prop_map(Step::Wait),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn nobody_is_told_of_a_copy_that_there_is_not(steps in proptest::collection::vec(step(), 1..60)) {
            let mut walk = Walk::new();
            for step in steps {
                walk.take(step);
            }
        }

        /// However many answers were lost on either side, in whichever order they came back.
        #[test]
        fn a_copy_is_found_once_both_have_come_back(
            before in proptest::collection::vec((any::<bool>(), 0i64..200), 0..6),
            after in proptest::collection::vec((any::<bool>(), any::<bool>(), GRACE + 1..GRACE + 200), 0..12),
            thief_first in any::<bool>(),
        ) {
            let mut walk = Walk::new();
            for (lost, wait) in before {
                walk.take(Step::Wait(wait));
                walk.take(Step::Visit { thief: false, tabs: 1, lost });
            }
            walk.take(Step::Copy);
            for (thief, lost, wait) in after {
                walk.take(Step::Wait(wait));
                walk.take(Step::Visit { thief, tabs: 1, lost });
            }
            // One, the other, and the one again: each is answered.
            for thief in [thief_first, !thief_first, thief_first] {
                walk.take(Step::Wait(GRACE + 1));
                walk.take(Step::Visit { thief, tabs: 1, lost: false });
            }
            prop_assert!(!walk.alive, "both go on");
        }

        #[test]
        fn answers_that_are_lost_heal_themselves(lost in proptest::collection::vec((any::<bool>(), 0i64..200), 1..40)) {
            let mut walk = Walk::new();
            for (lost, wait) in lost {
                walk.take(Step::Wait(wait));
                let worth = walk.visit(false, lost);
                prop_assert!(matches!(worth, Some(Worth::Rotates | Worth::Heals | Worth::Shares)), "{:?}", worth);
            }
        }
    }

    #[test]
    fn each_line_of_the_table_holds() {
        let tokens: Vec<TokenHash> = (0..5).map(|_| Token::generate().hash()).collect();
        let at = |seconds| Time::from_unix(1_767_225_600 + seconds);
        let first = Generations { current: tokens[0].as_str().to_owned(), ..Generations::default() };
        assert_eq!(first.judge(&tokens[0], at(0)), Worth::Rotates);
        let second = first.after_use(&tokens[0], &tokens[1], at(0));
        assert_eq!(second.judge(&tokens[0], at(GRACE)), Worth::Shares);
        assert_eq!(second.judge(&tokens[0], at(GRACE + 1)), Worth::Heals);
        let healed = second.after_use(&tokens[0], &tokens[2], at(100));
        assert_eq!(healed.judge(&tokens[0], at(100 + GRACE)), Worth::Shares);
        assert_eq!(healed.judge(&tokens[1], at(100)), Worth::Copied, "it was dropped");
        let third = healed.after_use(&tokens[2], &tokens[3], at(200));
        assert_eq!(
            third.judge(&tokens[0], at(200 + GRACE)),
            Worth::Shares,
            "within the minute of its successor's first use"
        );
        assert_eq!(third.judge(&tokens[0], at(200 + GRACE + 1)), Worth::Copied);
        assert!(third.may_go_on(&tokens[2]) && third.may_go_on(&tokens[3]) && !third.may_go_on(&tokens[0]));
        let acted = third.after_own_act(&tokens[4], at(210), "Firefox on Linux");
        for old in [&tokens[0], &tokens[2], &tokens[3]] {
            assert_eq!(acted.judge(old, at(210 + GRACE)), Worth::Retired { spared: true });
            assert_eq!(acted.judge(old, at(210 + GRACE + 1)), Worth::Retired { spared: false });
        }
        assert_eq!(acted.judge(&tokens[1], at(210)), Worth::Copied);
        assert_eq!(acted.judge(&tokens[4], at(9_999)), Worth::Rotates);
    }
}
