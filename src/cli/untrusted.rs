//! A site that trusts no proxy, although it has apps: the gate refuses whatever a proxy asks about them.

use crate::base::Settings;

/// What to say about it, and what to type. `None` if a proxy is trusted.
pub(super) fn line(settings: &Settings) -> Option<String> {
    settings.trusted_proxies.0.is_empty().then(|| {
        "In the settings that this command reads, trusted_proxies is empty, so no proxy may ask about apps. For a proxy on this \
         machine, set trusted_proxies = [\"127.0.0.1\", \"::1\"], and restart the site."
            .to_owned()
    })
}
