//! The type of the settings that name a file or a folder.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::from_text::{Absolute, read_as_text};
use crate::base::absolute::absolute;
use crate::base::refusal::Refusal;

/// The path of a file or folder. Never empty: that would be the working folder.
#[derive(Clone, Debug)]
pub struct PathSetting(PathBuf);

impl Deref for PathSetting {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl AsRef<Path> for PathSetting {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl FromStr for PathSetting {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.trim().is_empty() { Err(()) } else { Ok(PathSetting(PathBuf::from(text))) }
    }
}

impl Absolute for PathSetting {
    fn absolute(self) -> Result<PathSetting, Refusal> {
        absolute(&self.0).map(PathSetting)
    }
}

read_as_text!(paths: PathSetting);
