//! Random walks of a device's tokens against a small model: its owner, who loses answers, and a thief, who
//! copies the owner's token. No one is told of a copy that does not exist, and a copy is found once both have
//! come back.
#![cfg(test)]

use proptest::prelude::*;

use super::generations::{GRACE, Generations, Worth};
use crate::base::{Browser, Time, Token, TokenHash};

/// The owner or the thief.
#[derive(Clone, Default)]
struct Holder {
    /// The newest token they have.
    held: Option<TokenHash>,
    /// Whether it was received after the copy was made.
    got_one: bool,
}

/// A device, the holders of its tokens, and what is known about a copy.
struct Walk {
    device: Generations,
    alive: bool,
    now: i64,
    owner: Holder,
    thief: Holder,
    copied: bool,
}

/// What the owner or the thief does.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Comes back with their token, in a number of tabs; the answer with the new token may be lost.
    Visit {
        thief: bool,
        tabs: u8,
        lost: bool,
    },
    /// Changes the password, or logs out all others, in a session that a visit opens.
    Act {
        thief: bool,
        lost: bool,
    },
    /// The thief copies the owner's token.
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

    /// Shows a holder's token. Returns what it was worth.
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
        self.device = self.device.after_own_act(&next, Time::from_unix(self.now), Browser::default());
        // The other token is worth nothing from now on: there are no longer two.
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
                // Tabs that sent the same cookie at the same moment.
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

    /// Both received a token of their own since the copy was made. Only one of the two is in this row; the
    /// other, shown outside of a grace period, ends the device.
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
    fn no_copy_is_reported_that_does_not_exist(steps in proptest::collection::vec(step(), 1..60)) {
        let mut walk = Walk::new();
        for step in steps {
            walk.take(step);
        }
    }

    /// However many answers were lost on either side, and in whichever order they came back.
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
        // One, the other, and the first again: each receives its answer.
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
