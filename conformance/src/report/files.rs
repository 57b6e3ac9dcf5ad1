//! Where reports are written.

use std::path::PathBuf;
use std::str::FromStr;

use super::{Context, Recorded, github::github, json::json, junit::junit, markdown};

/// A kind of report file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// See [`json`].
    Json,
    /// See [`junit`].
    Junit,
    /// See [`markdown::markdown`].
    Markdown,
    /// See [`github`].
    Github,
}

/// A report that was asked for, `KIND=FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// What to write.
    pub kind: Kind,
    /// Where to.
    pub place: Destination,
}

/// Where to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To standard output, written `-`.
    Stdout,
    /// To a file.
    File(PathBuf),
}

impl Kind {
    const ALL: [(&'static str, Self); 4] =
        [("json", Self::Json), ("junit", Self::Junit), ("markdown", Self::Markdown), ("github", Self::Github)];

    /// Writes this kind of report.
    pub fn write(self, run: &Recorded, context: &Context<'_>) -> String {
        match self {
            Self::Json => json(run),
            Self::Junit => junit(run),
            Self::Markdown => markdown::markdown(run, context, markdown::BYTES_MAX),
            Self::Github => github(run, context),
        }
    }
}

impl FromStr for Wish {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, place) = kind_and_place(text, &Kind::ALL)?;
        Ok(Self { kind, place })
    }
}

/// Reads `KIND=FILE`, where the kind is one of these.
pub fn kind_and_place<K: Copy>(text: &str, kinds: &[(&str, K)]) -> Result<(K, Destination), String> {
    let names: Vec<_> = kinds.iter().map(|(name, _)| *name).collect();
    let (kind, place) =
        text.split_once('=').ok_or_else(|| format!("write KIND=FILE, for example `{}=report`", names[0]))?;
    let found = kinds.iter().find(|(name, _)| *name == kind);
    let (_, kind) =
        found.ok_or_else(|| format!("there is no report of kind `{kind}`: use one of {}", names.join(", ")))?;
    Ok((*kind, place.parse()?))
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "" => Err("name a file, or `-` for standard output".to_owned()),
            "-" => Ok(Self::Stdout),
            path => Ok(Self::File(path.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wish_is_kind_and_file() {
        let wish = |text: &str| text.parse::<Wish>();
        let file = |path: &str| Destination::File(path.into());
        assert_eq!(wish("json=-"), Ok(Wish { kind: Kind::Json, place: Destination::Stdout }));
        assert_eq!(wish("junit=a=b.xml"), Ok(Wish { kind: Kind::Junit, place: file("a=b.xml") }));
        assert_eq!(wish("json"), Err("write KIND=FILE, for example `json=report`".to_owned()));
        assert_eq!(
            wish("html=a"),
            Err("there is no report of kind `html`: use one of json, junit, markdown, github".to_owned())
        );
        assert_eq!(wish("json="), Err("name a file, or `-` for standard output".to_owned()));
    }
}
