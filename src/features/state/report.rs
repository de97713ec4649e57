//! What became of each thing that a file names, or would become of it.

/// What became of one thing.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// The thing: `account ada@example.org`.
    what: String,
    /// What was done to it. Nothing: it is as it is.
    acts: Vec<String>,
    /// Why something was not done, and will be when the file is applied again.
    waits: Option<&'static str>,
}

impl Line {
    /// A thing to which nothing was done yet.
    pub(super) fn of(what: String) -> Line {
        Line { what, acts: Vec::new(), waits: None }
    }

    /// Something was done to it.
    pub(super) fn did(&mut self, act: impl Into<String>) {
        self.acts.push(act.into());
    }

    /// The same with the names of what it was done with, if there are any.
    pub(super) fn did_with<'n>(&mut self, act: &str, names: impl Iterator<Item = &'n str>) {
        let names: Vec<&str> = names.collect();
        if !names.is_empty() {
            self.did(format!("{act} {}", names.join(", ")));
        }
    }

    /// Something was not done yet.
    pub(super) fn waits(&mut self, why: &'static str) {
        self.waits = Some(why);
    }

    fn is_changed(&self) -> bool {
        !self.acts.is_empty()
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Line { what, acts, waits } = self;
        let done = acts.join(" · ");
        match waits {
            None if done.is_empty() => write!(f, "{what}: as it is"),
            None => write!(f, "{what}: {done}"),
            Some(why) if done.is_empty() => write!(f, "{what}: waits, since {why}"),
            Some(why) => write!(f, "{what}: {done} · waits, since {why}"),
        }
    }
}

/// What became of all.
#[derive(Debug, Default)]
pub struct Report {
    /// A line for each thing, in the order in which they were done.
    pub lines: Vec<Line>,
    /// Whether an account that had signed up became an administrator on a site where no address is proved.
    pub unproved_admin: bool,
    /// Files with passwords that other users of the machine can access.
    pub warnings: Vec<String>,
}

impl Report {
    /// How many things were changed.
    pub fn changed(&self) -> usize {
        self.lines.iter().filter(|line| line.is_changed()).count()
    }

    /// How many things wait.
    pub fn waiting(&self) -> usize {
        self.lines.iter().filter(|line| line.waits.is_some()).count()
    }

    /// The totals on one line.
    pub fn totals(&self, check: bool) -> String {
        let (all, changed, waiting) = (self.lines.len(), self.changed(), self.waiting());
        let things = if all == 1 { "1 thing".to_owned() } else { format!("{all} things") };
        let done = if check { "to be changed" } else { "changed" };
        let waiting = if waiting == 0 { String::new() } else { format!(", {waiting} waiting") };
        format!("{things}: {changed} {done}{waiting}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_was_done_and_what_waits() {
        let line = || Line::of("account ada@example.org".to_owned());
        assert_eq!(line().to_string(), "account ada@example.org: as it is");
        let mut created = line();
        created.did("created");
        created.did_with("joined", ["choir", "editors"].into_iter());
        created.did_with("left", [].into_iter());
        assert_eq!(created.to_string(), "account ada@example.org: created · joined choir, editors");
        let mut waiting = line();
        waiting.waits("its address is not confirmed");
        let told = "account ada@example.org: waits, since its address is not confirmed";
        assert_eq!(waiting.to_string(), told);
        let report = Report { lines: vec![line(), created, waiting], ..Report::default() };
        assert_eq!((report.changed(), report.waiting()), (1, 1));
        assert_eq!(report.totals(false), "3 things: 1 changed, 1 waiting.");
        assert_eq!(report.totals(true), "3 things: 1 to be changed, 1 waiting.");
        let one = Report { lines: vec![line()], ..Report::default() };
        assert_eq!(one.totals(false), "1 thing: 0 changed.");
    }
}
