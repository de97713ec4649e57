//! What arrived at the gate, as its answer to a probe says.

use serde::Deserialize;

use crate::base::fetch::Answer;
use crate::features::gate::probe;

/// What arrived. The fields are those of [`crate::features::gate::probe::path`].
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(super) struct Arrived {
    probe: bool,
    /// The address of the gate that the proxy asked.
    pub(super) asked: String,
    /// From where it asked.
    pub(super) peer: Option<String>,
    /// Whether `trusted_proxies` has that.
    pub(super) trusted: bool,
    /// Names in lower case, and values.
    headers: Vec<(String, String)>,
}

impl Arrived {
    /// Reads it. `None` for any other answer.
    pub(super) fn read(answer: &Answer) -> Option<Arrived> {
        serde_json::from_slice(&answer.body).ok().filter(|arrived: &Arrived| arrived.probe)
    }

    /// All values of a header.
    pub(super) fn values(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Which of these headers came with this value.
    pub(super) fn came<'n>(&self, names: &[&'n str], value: &str) -> Vec<&'n str> {
        let is_there = |name: &&&str| self.values(&name.to_ascii_lowercase()).contains(&value);
        names.iter().filter(is_there).copied().collect()
    }
}

/// Whether an answer to a request with [`probe::cookie`] is the gate's own.
pub(super) fn is_of_gate(answer: &Answer) -> bool {
    answer.all("www-authenticate").any(|value| value == probe::MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<Arrived> {
        Arrived::read(&Answer { status: 403, headers: Vec::new(), body: body.as_bytes().to_vec() })
    }

    #[test]
    fn only_an_answer_to_a_probe_is_read() {
        let arrived = read(
            r#"{"probe": true, "asked": "/gate/enter", "peer": null, "trusted": false,
                "headers": [["host", "a"], ["remote_user", "x"], ["remote-user", "y"]]}"#,
        );
        let arrived = arrived.unwrap();
        assert_eq!((arrived.values("host"), arrived.values("cookie")), (vec!["a"], vec![]));
        assert_eq!(arrived.came(&["Remote_User", "Remote-User", "Remote.User"], "x"), ["Remote_User"]);
        for other in ["", "<h1>Wiki</h1>", "{}", r#"{"probe": false}"#, r#"{"error": {"status": 401}}"#] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
