//! The operator's settings: their types, their tables, where their values come from, and the error for a wrong one.

mod from_text; // a value read from text
mod blank_value; // the simplest value of a type, to get past it
mod app_probe; // what a type takes, found out without a value
mod app_privacy; // whether the value of one may be shown
mod app_fields; // which settings the struct of an app has
pub mod app_settings; // the settings of an app: what it declares, and the values
pub mod setting; // one setting, and the macro that makes a table of them
pub mod path_setting; // the type of a path
mod networks; // networks
pub mod values; // the types of the other settings
mod language_setting; // the language of the site
pub mod time_zone; // its time zone
pub mod contact; // whom visitors may ask
pub mod site_values; // what pages say and where they lead
pub mod colour; // a colour, its lightness and contrast
pub mod accent; // the colour of the site, and what follows from it
pub mod database_url; // where the database is
pub mod mail_values; // the types of the settings about email
pub mod passkey_values; // the types of the settings about second factors
pub mod group_list; // names of groups
pub mod settings; // the table of our own settings
pub mod server; // the table of Rocket's
pub mod known; // both tables by name; suggestions for an unknown name
mod app_known; // the errors for names that are no settings of the app
mod agreement; // settings that have to agree with each other
mod layer; // one layer: values with the name of their source
mod variables; // the layers from variables
mod app_variables; // the layers from variables of the app
mod settings_file; // the layer from a settings file
mod secret_files; // the layers from files that it names
mod stack; // the layers in their order
mod explain; // a value and its source in words; the error for a wrong one
mod app_values; // the app's settings read from the layers, and the error for a wrong one
mod exposed_secrets; // secrets that more people can read than have to
mod load; // the settings read from the layers, and checked
mod wrong_values; // what a wrong value is told, only in tests

pub use app_settings::AppSettings;
pub use from_text::Absolute;
pub use load::{Config, load, read, read_for};
pub use setting::Setting;
pub use settings::Settings;
pub use stack::{Flags, defaults, defaults_for};
