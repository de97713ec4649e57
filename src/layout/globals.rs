//! What every page of a site gets and no request changes: addresses, and the branding of its owner. Built once,
//! for each language.

use serde_json::{Map, Value, json};

use crate::base::config::known;
use crate::base::config::site_values::{FooterLink, Href, OneLine};
use crate::base::{Brand, Language, Settings, Site};
use crate::services::passkeys;
use crate::web::template_languages::FixedValues;
use crate::web::template_paths::{ACTIONS, ADMIN, OPTIONS, PATHS};

/// Values for the templates, by language.
pub struct TemplateGlobals(FixedValues);

impl TemplateGlobals {
    /// Those of a site.
    pub fn of(site: &Site) -> TemplateGlobals {
        TemplateGlobals::with_brand(&site.settings, &site.brand)
    }

    /// Those of a site with these settings and this logo, icon and colour.
    pub fn with_brand(settings: &Settings, brand: &Brand) -> TemplateGlobals {
        TemplateGlobals(Language::all().map(|language| values(settings, brand, language)).collect())
    }

    /// All of them, for what is rendered when the templates are loaded.
    pub fn fixed(&self) -> FixedValues {
        self.0.clone()
    }

    /// The values that every page in a language is given: texts and numbers, which are cheap to copy.
    pub fn values(&self, language: Language) -> Map<String, Value> {
        let all = self.0.get(language.index()).into_iter().flatten();
        let simple = all.filter(|(_, value)| !value.is_object() && !value.is_array());
        simple.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

/// What is not set is left out: templates ask whether it is there.
fn values(settings: &Settings, brand: &Brand, language: Language) -> Map<String, Value> {
    let languages: Vec<Value> = Language::all()
        .map(|each| json!({ "code": each.code(), "name": each.name(), "current": each == language }))
        .collect();
    let links = settings.footer_links.as_ref().map(|links| {
        let shown = |link: &FooterLink| json!({ "text": link.text, "href": link.href.as_str() });
        links.links().iter().map(shown).collect::<Vec<_>>()
    });
    let text = |line: &OneLine| line.as_str().to_owned();
    let theme = settings.accent.map(|accent| {
        let (light, dark) = accent.walls();
        json!({ "light": light, "dark": dark })
    });
    let at = passkeys::site_of(settings);
    let all = json!({
        "paths": PATHS,
        "actions": ACTIONS,
        "options": OPTIONS,
        "admin": ADMIN,
        // Where passkeys work; neither is there if they work nowhere.
        "passkey_origins": at.as_ref().map(|at| at.origins.join(" ")),
        "passkeys_at": at.map(|_| settings.base_url.to_string()),
        "site_name": settings.site_name.as_str(),
        "password_min_length": settings.password_min_length.get(),
        "lang": language.code(),
        "languages": languages,
        "tagline": settings.tagline.as_ref().map(text),
        "tutorial_tagline": has_default_name(settings).then_some(true),
        "login_note": settings.login_note.as_ref().map(text),
        "signup_note": settings.signup_note.as_ref().map(text),
        "contact": settings.contact.as_ref().map(ToString::to_string),
        "footer_links": links,
        "home_url": settings.home_url.as_ref().map(Href::as_str),
        "terms_url": settings.terms_url.as_ref().map(Href::as_str),
        "brand": { "logo": brand.logo, "logo_dark": brand.logo_dark, "icon": brand.icon },
        "accent_css": brand.accent_css,
        "theme": theme,
    });
    let Value::Object(all) = all else { return Map::new() };
    all.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

/// Whether the owner has not named the site: then the front page tells what the program is.
fn has_default_name(settings: &Settings) -> bool {
    let default =
        known::own().find(|setting| setting.name == "site_name").and_then(|setting| setting.default());
    default.is_some_and(|default| default.trim_matches('"') == settings.site_name.as_str())
}
