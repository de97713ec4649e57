//! Reads an app.

use super::declared::{AppState, DeclaredApp, NamedGroup};
use super::fields::{Fields, Text, quoted};
use super::node::{Field, Mistake, Node, Value};
use super::parts::{group_name, group_names};
use crate::base::{WebOrigin, typed_duration};
use crate::people::groups::GroupName;
use crate::services::apps::{
    AppChange, AppName, AppTitle, FreshFor, PathAccess, PathPrefix, PathRule, RemoteUser,
};

/// The keys of an app.
const KEYS: [&str; 8] = ["name", "title", "groups", "at", "paths", "remote_user", "fresh_for", "state"];
/// What stands for everyone, without a login.
const OPEN: &str = "open";

/// Reads one.
pub(super) fn app(node: &Node) -> Result<DeclaredApp, Mistake> {
    let fields = Fields::of(node, "an app", &KEYS)?;
    let Text { at, text } = fields.needed("name")?;
    let told =
        || Mistake::new(at, format!("{} cannot be the name of an app. {}", quoted(text), AppName::RULE));
    let name = AppName::parse(text).ok_or_else(told)?;
    let mut mentioned = group_names(&fields)?;
    let groups = fields.node("groups").map(|_| names(&mentioned));
    let origins = fields.texts("at")?.into_iter().map(origin).collect::<Result<Vec<_>, _>>()?;
    let paths = paths(&fields, &mut mentioned)?;
    let change = AppChange {
        title: fields.text("title")?.map(title).transpose()?,
        groups,
        origins: fields.node("at").map(|_| origins),
        paths,
        remote_user: fields.text("remote_user")?.map(remote_user).transpose()?,
        fresh_for: fields.text("fresh_for")?.map(fresh_for).transpose()?,
    };
    let state = fields.word("state", &["present", "disabled", "absent"])?.map(|word| match word {
        "disabled" => AppState::Disabled,
        "absent" => AppState::Absent,
        _ => AppState::Present,
    });
    Ok(DeclaredApp { at: fields.at, name, change, mentioned, state })
}

fn names(named: &[NamedGroup]) -> Vec<GroupName> {
    named.iter().map(|named| named.name.clone()).collect()
}

fn title(Text { at, text }: Text<'_>) -> Result<AppTitle, Mistake> {
    let told = || Mistake::new(at, format!("{} cannot be a title. {}", quoted(text), AppTitle::RULE));
    AppTitle::parse(text).ok_or_else(told)
}

fn origin(Text { at, text }: Text<'_>) -> Result<WebOrigin, Mistake> {
    WebOrigin::parse(text).map_err(|why| {
        let told =
            format!("{} is not where an app can be: {why}. Write https://wiki.example.org.", quoted(text));
        Mistake::new(at, told)
    })
}

fn remote_user(Text { at, text }: Text<'_>) -> Result<RemoteUser, Mistake> {
    let told =
        || Mistake::new(at, format!("remote_user must be {}, not {}.", RemoteUser::RULE, quoted(text)));
    RemoteUser::by_code(text).ok_or_else(told)
}

fn fresh_for(Text { at, text }: Text<'_>) -> Result<Option<i64>, Mistake> {
    let told = || {
        let months = typed_duration::of_capital_m(text, |meant| FreshFor::parse(meant).is_some());
        let rule = FreshFor::RULE;
        Mistake::new(at, format!("fresh_for must be {rule}, such as \"15m\", not {}.{months}", quoted(text)))
    };
    FreshFor::parse(text).map(FreshFor::seconds).ok_or_else(told)
}

/// The parts that are open to others than the rest, if the file says which: a table from paths to who may.
fn paths(fields: &Fields<'_>, mentioned: &mut Vec<NamedGroup>) -> Result<Option<Vec<PathRule>>, Mistake> {
    match fields.node("paths") {
        None => Ok(None),
        Some(Node { value: Value::Table(all), .. }) => {
            all.iter().map(|field| path(field, mentioned)).collect::<Result<_, _>>().map(Some)
        }
        Some(node) => {
            let told = "paths must be a table from paths to who may, such as { \"/public\" = \"open\" }.";
            Err(Mistake::new(node.at, told))
        }
    }
}

fn path(field: &Field, mentioned: &mut Vec<NamedGroup>) -> Result<PathRule, Mistake> {
    let told = || {
        let told = format!("{} cannot be a path. {}", quoted(&field.name), PathPrefix::RULE);
        Mistake::new(field.at, told)
    };
    let prefix = PathPrefix::parse(&field.name).ok_or_else(told)?;
    if !matches!(field.node.value, Value::Table(_)) {
        let access = access(&prefix, &field.node, mentioned)?;
        return Ok(PathRule { prefix, access, preflight: false });
    }
    let fields = Fields::of(&field.node, "a path", &["access", "preflight"])?;
    let missing = || {
        let told =
            format!("the path {} needs the key access, such as access = \"open\".", quoted(prefix.as_str()));
        Mistake::new(fields.at, told)
    };
    let access = access(&prefix, fields.node("access").ok_or_else(missing)?, mentioned)?;
    Ok(PathRule { prefix, access, preflight: fields.flag("preflight")? })
}

/// Who may: everyone, or the members of some groups.
fn access(prefix: &PathPrefix, node: &Node, mentioned: &mut Vec<NamedGroup>) -> Result<PathAccess, Mistake> {
    let told = || {
        let not = match &node.value {
            Value::Text(text) => format!(", not {}", quoted(text)),
            _ => String::new(),
        };
        let path = quoted(prefix.as_str());
        let told =
            format!("the path {path} must be \"open\", or for a list of groups, such as [\"admins\"]{not}.");
        Mistake::new(node.at, told)
    };
    match &node.value {
        Value::Text(text) if text == OPEN => Ok(PathAccess::Open),
        Value::List(all) => {
            let mut groups = Vec::new();
            for node in all {
                let Value::Text(text) = &node.value else { return Err(told()) };
                groups.push(group_name(Text { at: node.at, text })?);
            }
            let access = PathAccess::Groups(names(&groups));
            mentioned.append(&mut groups);
            Ok(access)
        }
        _ => Err(told()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::from_toml;
    use super::*;

    fn read(text: &str) -> Result<DeclaredApp, String> {
        let node = from_toml::read(text).unwrap_or_else(|mistake| panic!("{mistake:?}"));
        app(&node).map_err(|mistake| mistake.text)
    }

    #[test]
    fn an_app_is_read_with_what_is_given_and_nothing_else() {
        let declared = read(
            "name = \"wiki\"\ntitle = \"Wiki\"\ngroups = [\"family\"]\nat = [\"https://Wiki.example.org/\"]\n\
             remote_user = \"email\"\nfresh_for = \"15m\"\nstate = \"disabled\"\n\
             paths = { \"/public\" = \"open\", \"/admin\" = [\"admins\", \"family\"], \
             \"/api/\" = { access = \"open\", preflight = true } }",
        )
        .unwrap_or_else(|told| panic!("{told}"));
        let change = &declared.change;
        assert_eq!(change.title.as_ref().map(AppTitle::as_str), Some("Wiki"));
        assert_eq!(change.origins.as_ref().map(|all| all[0].as_str()), Some("https://wiki.example.org"));
        assert_eq!((change.remote_user, change.fresh_for), (Some(RemoteUser::Email), Some(Some(900))));
        assert_eq!(declared.state, Some(AppState::Disabled));
        let paths = change.paths.as_ref().unwrap();
        let shown: Vec<_> = paths.iter().map(|rule| (rule.prefix.as_str(), rule.preflight)).collect();
        assert_eq!(shown, [("/public", false), ("/admin", false), ("/api", true)]);
        assert_eq!(paths[0].access, PathAccess::Open);
        let mentioned: Vec<_> = declared.mentioned.iter().map(|named| named.name.as_str()).collect();
        assert_eq!(mentioned, ["family", "admins", "family"]);

        let declared = read("name = \"wiki\"").unwrap_or_else(|told| panic!("{told}"));
        assert_eq!((declared.change, declared.state), (AppChange::default(), None));
        let declared = read("name = \"wiki\"\ngroups = []\nat = []\npaths = {}\nfresh_for = \"session\"");
        let change = declared.map(|declared| declared.change).unwrap_or_else(|told| panic!("{told}"));
        assert_eq!((change.groups, change.origins), (Some(Vec::new()), Some(Vec::new())));
        assert_eq!((change.paths, change.fresh_for), (Some(Vec::new()), Some(None)));
    }

    #[test]
    fn what_is_wrong_is_told_with_what_to_write() {
        for (text, told) in [
            ("title = \"Wiki\"", "an app needs the key name."),
            ("name = \"The Wiki\"", "\"The Wiki\" cannot be the name of an app. Use 1 to 64 of a-z"),
            ("name = \"wiki\"\nhost = \"a\"", "unknown key \"host\" in an app."),
            ("name = \"wiki\"\ntitle = \"\"", "\"\" cannot be a title. Use 1 to 60 characters"),
            ("name = \"wiki\"\nat = \"https://a.test\"", "at must be a list"),
            ("name = \"wiki\"\nat = [\"a.test\"]", "\"a.test\" is not where an app can be: "),
            ("name = \"wiki\"\nat = [\"https://*.a.test\"]", "without *. Write https://"),
            ("name = \"wiki\"\nremote_user = \"name\"", "must be handle, email or id, not \"name\"."),
            ("name = \"wiki\"\nfresh_for = \"5s\"", "must be a time from 1m to 30d, or session, such as"),
            ("name = \"wiki\"\npaths = [\"/a\"]", "paths must be a table from paths to who may"),
            ("name = \"wiki\"\npaths = { \"a\" = \"open\" }", "\"a\" cannot be a path. Use a path such as"),
            (
                "name = \"wiki\"\npaths = { \"/a\" = \"admins\" }",
                "the path \"/a\" must be \"open\", or for a list of groups, such as [\"admins\"], not \"admins\".",
            ),
            ("name = \"wiki\"\npaths = { \"/a\" = [1] }", "or for a list of groups, such as [\"admins\"]."),
            (
                "name = \"wiki\"\npaths = { \"/a\" = { preflight = true } }",
                "the path \"/a\" needs the key access",
            ),
            (
                "name = \"wiki\"\npaths = { \"/a\" = { access = \"open\", open = true } }",
                "unknown key \"open\" in a path",
            ),
            ("name = \"wiki\"\nstate = \"gone\"", "state must be \"present\" or \"disabled\" or \"absent\""),
        ] {
            let found = read(text).err().unwrap_or_default();
            assert!(found.contains(told), "{text}: {found}");
        }
    }
}
