//! Who should be logged in: a model of accounts, sessions and remembered devices, written from what the
//! documents promise and not from the program. Tokens are numbers here. A worthless token may stay in a
//! browser's jar.

mod endings; // of sessions and devices

/// For this many seconds, a token that was rotated is not a sign of a copy.
const GRACE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const SESSION_IDLE: i64 = HOUR;
const SESSION_LIFETIME: i64 = DAY;
const REMEMBER_IDLE: i64 = 14 * DAY;
const REMEMBER_LIFETIME: i64 = 30 * DAY;
const FRESH: i64 = 5 * 60;
/// A row that is further ahead than this is from the future.
const AHEAD: i64 = 5 * 60;
/// An account that no one confirms is kept for this time after its last link.
const UNCONFIRMED: i64 = 7 * DAY;
const MAX_SESSIONS: usize = 100;
const MAX_SESSIONS_OF_DEVICE: usize = 10;
const MAX_DEVICES: usize = 10;

/// A token; no two are the same.
pub type Token = u32;

/// An account that exists.
#[derive(Clone, Debug)]
pub struct Account {
    pub password: usize,
    pub address: usize,
    pub confirmed: bool,
    pub disabled: bool,
    /// When the last link was made that could confirm its address.
    pub asked: i64,
}

#[derive(Clone, Debug)]
pub struct Session {
    pub account: usize,
    pub device: Option<usize>,
    pub token: Token,
    previous: Option<(Token, i64)>,
    created: i64,
    last_used: i64,
    given: Option<i64>,
    /// Whether its row still exists. Its time may be over nevertheless.
    pub row: bool,
}

#[derive(Clone, Debug)]
pub struct Device {
    pub account: usize,
    created: i64,
    last_used: i64,
    current: Token,
    previous: Option<Token>,
    before: Option<Token>,
    rotated: Option<i64>,
    retired: Vec<Token>,
    pub row: bool,
}

/// What a browser holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Jar {
    pub session: Option<Token>,
    pub remember: Option<(usize, Token)>,
}

/// A user who is logged in.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub session: usize,
    pub account: usize,
    pub fresh: bool,
}

/// The whole model.
#[derive(Debug, Default)]
pub struct World {
    pub now: i64,
    pub accounts: Vec<Option<Account>>,
    pub sessions: Vec<Session>,
    pub devices: Vec<Device>,
    /// How often a copy was found, by account, for those that still exist.
    pub copies: Vec<usize>,
    next: Token,
}

impl World {
    pub fn new(now: i64, accounts: usize) -> World {
        World { now, accounts: vec![None; accounts], copies: vec![0; accounts], ..World::default() }
    }

    fn token(&mut self) -> Token {
        self.next += 1;
        self.next
    }

    fn may_sign_in(&self, account: usize) -> bool {
        self.accounts[account].as_ref().is_some_and(|account| !account.disabled)
    }

    /// Whether it is old enough to be removed, since no one confirmed its address.
    pub fn may_be_removed(&self, account: usize) -> bool {
        let old = |account: &Account| {
            !account.confirmed && !account.disabled && account.asked <= self.now - UNCONFIRMED
        };
        self.accounts[account].as_ref().is_some_and(old)
    }

    fn is_live(&self, session: &Session) -> bool {
        session.row
            && self.may_sign_in(session.account)
            && session.created > self.now - SESSION_LIFETIME
            && session.created <= self.now + AHEAD
            && session.last_used > self.now - SESSION_IDLE
    }

    fn is_remembered(&self, device: &Device) -> bool {
        device.row
            && self.may_sign_in(device.account)
            && device.created > self.now - REMEMBER_LIFETIME
            && device.created <= self.now + AHEAD
            && device.last_used > self.now - REMEMBER_IDLE
    }

    fn seen(&self, session: usize, shared: bool) -> Seen {
        let Session { account, given, .. } = self.sessions[session];
        Seen { session, account, fresh: !shared && given.is_some_and(|at| at > self.now - FRESH) }
    }

    /// Who a browser belongs to, and what it holds afterwards.
    pub fn show(&mut self, jar: &mut Jar) -> Option<Seen> {
        if let Some(token) = jar.session {
            let of_token = |session: &Session| session.row && session.token == token;
            if let Some(at) = self.sessions.iter().position(of_token) {
                if self.is_live(&self.sessions[at]) {
                    if self.now - 60 >= self.sessions[at].last_used {
                        self.sessions[at].last_used = self.now;
                    }
                    return Some(self.seen(at, false));
                }
                self.sessions[at].row = false; // once it was seen to have ended, it stays ended
            } else {
                let former =
                    |session: &&Session| session.row && session.previous.is_some_and(|(old, _)| old == token);
                let replaced = self.sessions.iter().find(former).and_then(|session| session.previous);
                if replaced.is_some_and(|(_, at)| self.now - at <= GRACE) {
                    return None; // another tab has the new one
                }
            }
        }
        let (device, token) = jar.remember?;
        self.reopen(device, token, jar)
    }

    fn reopen(&mut self, at: usize, token: Token, jar: &mut Jar) -> Option<Seen> {
        if !self.is_remembered(&self.devices[at]) {
            let over = self.devices[at].created <= self.now - REMEMBER_LIFETIME
                || self.devices[at].created > self.now + AHEAD
                || self.devices[at].last_used <= self.now - REMEMBER_IDLE;
            if self.devices[at].row && over {
                self.end_device(at);
            }
            return None;
        }
        let device = self.devices[at].clone();
        let within = device.rotated.is_some_and(|since| self.now - since <= GRACE);
        if token == device.current || (device.previous == Some(token) && !within) {
            let next = self.token();
            let first = token == device.current;
            let device = &mut self.devices[at];
            device.before = device.previous.filter(|_| first);
            device.previous = Some(token);
            device.current = next;
            device.rotated = Some(self.now);
            let session = self.open(at);
            jar.session = Some(self.sessions[session].token);
            jar.remember = Some((at, next));
            return Some(self.seen(session, false));
        }
        if within && (device.previous == Some(token) || device.before == Some(token)) {
            return Some(match self.opened_since(at, device.rotated.unwrap_or(device.created)) {
                Some(session) => self.seen(session, true),
                // The session that it opened has ended since.
                None => {
                    let session = self.open(at);
                    jar.session = Some(self.sessions[session].token);
                    self.seen(session, false)
                }
            });
        }
        if !device.retired.contains(&token) {
            self.copies[device.account] += 1;
            self.end_device(at);
        }
        None
    }

    fn opened_since(&self, device: usize, since: i64) -> Option<usize> {
        let of_device = |session: &Session| {
            session.device == Some(device) && session.created >= since && self.is_live(session)
        };
        let newest = |at: &usize| (self.sessions[*at].created, *at);
        (0..self.sessions.len()).filter(|at| of_device(&self.sessions[*at])).max_by_key(newest)
    }

    /// A session that a device opens.
    fn open(&mut self, device: usize) -> usize {
        self.devices[device].last_used = self.now;
        self.start(self.devices[device].account, Some(device), None)
    }

    fn start(&mut self, account: usize, device: Option<usize>, given: Option<i64>) -> usize {
        let (token, now) = (self.token(), self.now);
        let session = Session {
            account,
            device,
            token,
            previous: None,
            created: now,
            last_used: now,
            given,
            row: true,
        };
        self.sessions.push(session);
        let new = self.sessions.len() - 1;
        if device.is_some() {
            self.drop_unused(new, MAX_SESSIONS_OF_DEVICE, |session| session.device == device);
        }
        self.drop_unused(new, MAX_SESSIONS, |session| session.account == account);
        new
    }

    /// If there are too many, those that were unused for the longest time are removed.
    fn drop_unused(&mut self, new: usize, most: usize, among: impl Fn(&Session) -> bool) {
        let mut rows: Vec<usize> = (0..self.sessions.len()).filter(|at| self.sessions[*at].row).collect();
        rows.retain(|at| *at != new && among(&self.sessions[*at]));
        rows.sort_by_key(|at| std::cmp::Reverse((self.sessions[*at].last_used, *at)));
        for at in rows.into_iter().skip(most - 1) {
            self.sessions[at].row = false;
        }
    }

    /// A login with the right password.
    pub fn log_in(&mut self, jar: &mut Jar, account: usize, remember: bool) {
        let device = remember.then(|| self.remember(account));
        let session = self.start(account, device, Some(self.now));
        jar.session = Some(self.sessions[session].token);
        if let Some(device) = device {
            jar.remember = Some((device, self.devices[device].current));
        }
    }

    fn remember(&mut self, account: usize) -> usize {
        let (current, now) = (self.token(), self.now);
        self.devices.push(Device {
            account,
            created: now,
            last_used: now,
            current,
            previous: None,
            before: None,
            rotated: None,
            retired: Vec::new(),
            row: true,
        });
        let mut rows: Vec<usize> = (0..self.devices.len()).collect();
        rows.retain(|at| self.devices[*at].row && self.devices[*at].account == account);
        rows.sort_by_key(|at| std::cmp::Reverse((self.devices[*at].created, *at)));
        for at in rows.into_iter().skip(MAX_DEVICES) {
            self.end_device(at);
        }
        self.devices.len() - 1
    }
}
