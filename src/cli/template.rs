//! The templates of an app next to ours: which are whose, how ours look, and a copy of one to change. Only a debug build
//! has this: in a release, all templates are inside the program.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::output;
use super::subcommands::TemplateCommand;
use crate::base::config::{self, Flags};
use crate::base::{Program, Refusal, own_words};
use crate::services::outbox;
use crate::web::template_compare::{mentioned, told};
use crate::web::template_sources::{OF_OURS, TemplateFiles};

/// Runs the command.
pub(super) fn template(flags: &Flags, command: &TemplateCommand) -> Result<(), Refusal> {
    match command {
        TemplateCommand::List => list(flags),
        TemplateCommand::Show { name } => {
            output::write(&ours(&flags.program, name)?.1);
            Ok(())
        }
        TemplateCommand::Copy { name } => copy(&flags.program, name),
    }
}

/// Lists all templates, and what those lack that are in place of ours.
fn list(flags: &Flags) -> Result<(), Refusal> {
    let program = &flags.program;
    let files = TemplateFiles::of(program);
    let (ours, theirs) = (TemplateFiles::names_of_ours(), files.names_of_app());
    let mut all = [ours.as_slice(), theirs.as_slice()].concat();
    all.sort();
    all.dedup();
    let width = all.iter().map(String::len).max().unwrap_or_default() + 2;
    for name in &all {
        let whose = match (theirs.contains(name), ours.contains(name)) {
            (false, _) => "Vestibule".to_owned(),
            (true, true) => format!("{}, in place of Vestibule's", program.name),
            (true, false) => program.name.to_owned(),
        };
        output::line(format!("{name:<width$}{whose}"));
    }
    for name in theirs.iter().filter(|name| ours.contains(name)) {
        for field in missing(&files, name)? {
            output::line(told(program.name, &[name.as_str()], &format!("field `{field}`")));
        }
    }
    // Emails need the settings, and no site.
    let config = config::load(flags)?;
    for line in outbox::lacking(&config.settings, &own_words::read(&config.settings)?) {
        output::line(line);
    }
    Ok(())
}

/// The fields that a template of the app does not mention though ours does. One that is built on ours has them.
fn missing(files: &TemplateFiles, name: &str) -> Result<Vec<String>, Refusal> {
    let theirs = files.of_app(name).map_err(|error| Refusal::new(format!("{error}.")))?.text;
    if theirs.contains(&format!("{OF_OURS}{name}")) {
        return Ok(Vec::new());
    }
    let ours = TemplateFiles::ours(name).unwrap_or_default();
    Ok(mentioned(&ours).difference(&mentioned(&theirs)).cloned().collect())
}

/// One of ours: its name, and its text.
fn ours(program: &Program, typed: &str) -> Result<(String, String), Refusal> {
    let name = typed.trim_start_matches("templates/").trim_start_matches(OF_OURS);
    let names = TemplateFiles::names_of_ours();
    if names.iter().any(|known| known == name)
        && let Some(text) = TemplateFiles::ours(name)
    {
        return Ok((name.to_owned(), text));
    }
    let nearest = |a: &String, b: &String| strsim::jaro(a, name).total_cmp(&strsim::jaro(b, name));
    let best = names.into_iter().max_by(nearest);
    Err(Refusal::new(format!(
        "Vestibule has no template {name:?}. Did you mean `{}`? `{} template list` shows all.",
        best.unwrap_or_default(),
        program.name
    )))
}

/// Writes one of ours into the folder of the app.
fn copy(program: &Program, typed: &str) -> Result<(), Refusal> {
    let (name, text) = ours(program, typed)?;
    let Some(folder) = program.files.templates.place() else {
        return Err(Refusal::new("This program has no folder of templates: it is Vestibule itself."));
    };
    let file = folder.join(&name);
    if file.exists() {
        return Err(Refusal::new(format!(
            "{} is there already. Compare it with `{} template show {name}`.",
            file.display(),
            program.name
        )));
    }
    write(folder, &file, &text).map_err(|error| {
        Refusal::new(format!("{} cannot be written: {error}. Check the folder.", file.display()))
    })?;
    let hint = match name.ends_with("macros.html") {
        true => "Keep only the macros that you change",
        false => "Change it: a debug build shows it with the next request",
    };
    output::line(format!(
        "Wrote {}. {hint}. After an update of Vestibule, `{} template list` says what it lacks.",
        file.display(),
        program.name
    ));
    Ok(())
}

/// Writes a new file, and the folders around it. Others may read it, as the other sources: what this program writes
/// otherwise, they may not.
fn write(folder: &Path, file: &Path, text: &str) -> std::io::Result<()> {
    let missing: Vec<_> =
        file.ancestors().skip(1).take_while(|above| above.starts_with(folder) && !above.exists()).collect();
    for above in missing.iter().rev() {
        match fs::create_dir(above) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            made => made?,
        }
        fs::set_permissions(above, Permissions::from_mode(0o755))?;
    }
    let mut new = OpenOptions::new().write(true).create_new(true).open(file)?;
    new.write_all(text.as_bytes())?;
    new.set_permissions(Permissions::from_mode(0o644))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::program::{AppFiles, Folder};

    /// An app without templates, whose folder of them is not there yet.
    fn notes(folder: &Path) -> Program {
        let place: &'static str = folder.join("templates").to_str().unwrap().to_owned().leak();
        let files = AppFiles { templates: Folder::new(Vec::new, |_| None, place), ..AppFiles::default() };
        Program::of_app("notes", "1.0.0", files)
    }

    #[test]
    fn a_copy_is_like_ours_and_others_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let program = notes(folder.path());
        for name in ["login.html", "mail/reset/mail.txt"] {
            copy(&program, name).unwrap();
            let file = folder.path().join("templates").join(name);
            assert_eq!(fs::read_to_string(&file).unwrap(), TemplateFiles::ours(name).unwrap());
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o644, 0o755));
        }
    }

    #[test]
    fn a_copy_never_takes_the_place_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let program = notes(folder.path());
        copy(&program, "templates/login.html").unwrap();
        let file = folder.path().join("templates/login.html");
        fs::write(&file, "mine").unwrap();
        let refused = copy(&program, "login.html").unwrap_err().to_string();
        assert!(
            refused.ends_with("is there already. Compare it with `notes template show login.html`."),
            "{refused}"
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        assert!(copy(&Program::default(), "login.html").is_err());
    }

    #[test]
    fn a_name_of_none_is_refused_with_the_nearest() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["logn.html", "../login.html", "/etc/passwd", ""] {
            let refused = copy(&notes(folder.path()), name).unwrap_err().to_string();
            assert!(refused.contains("Vestibule has no template"), "{refused}");
        }
        let refused = ours(&Program::default(), "logn.html").unwrap_err().to_string();
        assert!(refused.contains("Did you mean `login.html`?"), "{refused}");
        assert_eq!(ours(&Program::default(), "vestibule/login.html").unwrap().0, "login.html");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
