//! Whether an app is put together rightly: asked before anything else, so that a mistake stops every command with one
//! line.

use super::own_command::{self, AppCommand};
use crate::app::Parts;
use crate::base::config::AppSettings;
use crate::base::{Program, Refusal};
use crate::layout::menu::Menu;
use crate::people::audit::AppEvents;
use crate::services::outbox::AppEmails;
use crate::web::app_notice::AppNotices;
use crate::web::next::Landing;

/// Refuses an app that cannot start, whatever its settings and its database are.
pub fn check_app(program: &Program, parts: &Parts, commands: &[AppCommand]) -> Result<(), Refusal> {
    parts.check()?;
    own_command::check(program.name, commands)?;
    let pages = parts.pages();
    program.attached::<Menu>().map_or(Ok(()), |menu| menu.check(&pages))?;
    program.attached::<Landing>().map_or(Ok(()), |landing| landing.check(&pages))?;
    program.attached::<AppSettings>().map_or(Ok(()), |settings| settings.check(program))?;
    program.attached::<AppNotices>().map_or(Ok(()), AppNotices::check)?;
    program.attached::<AppEvents>().map_or(Ok(()), AppEvents::check)?;
    program.attached::<AppEmails>().map_or(Ok(()), |emails| emails.check(program))
}
