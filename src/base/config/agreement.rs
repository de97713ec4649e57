//! Settings that have to agree with each other.

use super::settings::Settings;
use super::values::DurationSetting;
use crate::base::refusal::Refusal;

/// Refuses an idle timeout that is longer than the lifetime: it would never have an effect, so one of the two
/// is not what the operator meant. `named` is a setting with its source, and `typed` its value.
pub(super) fn check(
    settings: &Settings,
    named: impl Fn(&str) -> String,
    typed: impl Fn(&str) -> String,
) -> Result<(), Refusal> {
    let Settings { session_idle, session_lifetime, remember_idle, remember_lifetime, .. } = settings;
    let pairs: [(&str, &DurationSetting, &str, &DurationSetting, &str); 2] = [
        ("session_idle", session_idle, "session_lifetime", session_lifetime, "A session"),
        ("remember_idle", remember_idle, "remember_lifetime", remember_lifetime, "A remembered device"),
    ];
    for (idle, shorter, lifetime, longer, what) in pairs {
        if shorter.seconds() > longer.seconds() {
            let (long, short) = (typed(idle), typed(lifetime));
            return Err(Refusal::new(format!(
                "{} is \"{long}\", which is longer than {}, \"{short}\". {what} ends with its lifetime, so the \
                 longer idle timeout would have no effect. Set {idle} = \"{short}\", or {lifetime} = \"{long}\".",
                named(idle),
                named(lifetime)
            )));
        }
    }
    Ok(())
}
