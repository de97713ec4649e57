//! What ends in the model: sessions and devices, which ones and by whom.

use super::{
    AHEAD, Jar, REMEMBER_IDLE, REMEMBER_LIFETIME, SESSION_IDLE, SESSION_LIFETIME, Seen, Token, World,
};

impl World {
    pub fn end_device(&mut self, device: usize) {
        self.devices[device].row = false;
        for session in &mut self.sessions {
            session.row &= session.device != Some(device);
        }
    }

    /// The device of a token, if its holder may continue to use it.
    fn is_held(&self, remember: Option<(usize, Token)>) -> Option<usize> {
        let (at, token) = remember?;
        let device = &self.devices[at];
        let held = token == device.current || device.previous == Some(token);
        (held && self.is_remembered(device)).then_some(at)
    }

    pub fn log_out(&mut self, jar: &mut Jar, seen: Seen) {
        let of_session = self.sessions[seen.session].device;
        for device in [of_session, self.is_held(jar.remember)].into_iter().flatten() {
            self.end_device(device);
        }
        self.sessions[seen.session].row = false;
        *jar = Jar::default();
    }

    /// Rotates the token of a session.
    pub fn rotate(&mut self, jar: &mut Jar, session: usize) {
        let (token, now) = (self.token(), self.now);
        let session = &mut self.sessions[session];
        session.previous = Some((session.token, now));
        session.token = token;
        jar.session = Some(token);
    }

    /// The password was entered in this session.
    pub fn make_fresh(&mut self, session: usize) {
        self.sessions[session].given = Some(self.now);
    }

    /// Everything of the account except this session ends, and its tokens are new.
    pub fn end_others(&mut self, jar: &mut Jar, seen: Seen) {
        let of_session = self.sessions[seen.session].device;
        match self.is_held(jar.remember).filter(|held| of_session == Some(*held)) {
            Some(held) => {
                let (next, now) = (self.token(), self.now);
                let device = &mut self.devices[held];
                device.retired =
                    [Some(device.current), device.previous, device.before].into_iter().flatten().collect();
                device.current = next;
                (device.previous, device.before, device.rotated) = (None, None, Some(now));
                jar.remember = Some((held, next));
            }
            None => self.sessions[seen.session].device = None,
        }
        self.rotate(jar, seen.session);
        let kept = self.sessions[seen.session].device;
        for at in 0..self.devices.len() {
            if self.devices[at].account == seen.account && Some(at) != kept {
                self.end_device(at);
            }
        }
        for (at, session) in self.sessions.iter_mut().enumerate() {
            session.row &= session.account != seen.account || at == seen.session;
        }
    }

    /// Every session and device of an account ends.
    pub fn end_all(&mut self, account: usize) {
        self.devices.iter_mut().for_each(|device| device.row &= device.account != account);
        self.sessions.iter_mut().for_each(|session| session.row &= session.account != account);
    }

    /// How many rows are left after those whose time is over are removed.
    pub fn swept(&mut self) -> (usize, usize) {
        for at in 0..self.devices.len() {
            let device = &self.devices[at];
            let over = device.created <= self.now - REMEMBER_LIFETIME
                || device.created > self.now + AHEAD
                || device.last_used <= self.now - REMEMBER_IDLE;
            if device.row && over {
                self.end_device(at);
            }
        }
        for session in &mut self.sessions {
            session.row &= session.created > self.now - SESSION_LIFETIME
                && session.created <= self.now + AHEAD
                && session.last_used > self.now - SESSION_IDLE;
        }
        let sessions = self.sessions.iter().filter(|session| session.row).count();
        (sessions, self.devices.iter().filter(|device| device.row).count())
    }
}
