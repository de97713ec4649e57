//! `app check`: asks an app's addresses through the proxy, as strangers with forged headers might, and says of each thing
//! that must hold: fine, or what to type.

mod finding; // one thing that was looked at
mod advice; // what to type, in the words of each proxy
mod arrived; // what arrived at the gate
mod through; // asks through the proxy
mod not_asked; // why the gate was not asked
mod unanswered; // what is said about an address that does not answer
mod about_probe; // what the gate is told of an honest visitor
mod about_forged; // what comes through of what a visitor forges
mod about_strangers; // what a stranger gets
mod about_open; // what a path that is open shows of the app
mod about_port; // whether the app is there, and reached past the proxy
mod shown; // all of it in lines, and as JSON
mod run; // the command

pub(super) use run::check;
