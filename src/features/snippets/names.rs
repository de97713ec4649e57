//! What the texts are filled with.

use super::authority::Authority;
use crate::base::WebOrigin;
use crate::services::apps::AppName;

/// The names of an app and of this site, as a proxy needs them.
#[derive(Clone, Debug)]
pub struct Names {
    /// The app.
    pub app: AppName,
    /// Where visitors find it; at least one.
    pub origins: Vec<WebOrigin>,
    /// Where the app itself listens.
    pub app_at: Authority,
    /// Where Vestibule listens.
    pub vestibule_at: Authority,
}
