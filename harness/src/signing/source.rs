//! Where credentials are.

use std::io;
use std::path::{Path, PathBuf};

use super::Credentials;
use super::profile::{self, ProfileProblem};

/// Where credentials are. What a source holds is never part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`. Written `env`.
    Environment,
    /// One variable that holds `ID:SECRET` or `ID:SECRET:TOKEN`. Written `env:NAME`.
    Variable(String),
    /// A profile of the AWS shared credentials file. Written `profile:NAME`, or `profile` for the one that `AWS_PROFILE` names, else `default`.
    /// <https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html>
    Profile(Option<String>),
}

/// Why there are no such credentials.
#[derive(Debug, thiserror::Error)]
pub enum SourceProblem {
    /// The text names no source. It is not repeated: it may be a secret.
    #[error(
        "`--credentials` names the place of credentials, not the credentials: write `env`, `env:NAME`, `profile` or `profile:NAME`"
    )]
    Place,
    /// A variable is missing.
    #[error("the environment variable `{0}` is not set: export it, or write `--credentials profile:NAME`")]
    Missing(String),
    /// A variable holds something else.
    #[error(
        "the environment variable `{0}` holds no credentials: write `ID:SECRET`, or `ID:SECRET:TOKEN` for temporary ones"
    )]
    Form(String),
    /// Nobody knows where the file is.
    #[error(
        "there is no home directory to look for `.aws/credentials` in: set `AWS_SHARED_CREDENTIALS_FILE` to the file's path"
    )]
    Home,
    /// The file can't be read.
    #[error("cannot read the shared credentials file `{}`: {source}: set `AWS_SHARED_CREDENTIALS_FILE` to another path, or write `--credentials env`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The profile can't be used.
    #[error("`{}`: {source}", path.display())]
    Profile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ProfileProblem,
    },
}

impl std::str::FromStr for Source {
    type Err = SourceProblem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':').map_or((text, None), |(kind, name)| (kind, Some(name))) {
            ("env", None) => Ok(Self::Environment),
            ("env", Some(name)) if !name.is_empty() => Ok(Self::Variable(name.to_owned())),
            ("profile", None) => Ok(Self::Profile(None)),
            ("profile", Some(name)) if !name.is_empty() => Ok(Self::Profile(Some(name.to_owned()))),
            _ => Err(SourceProblem::Place),
        }
    }
}

impl Source {
    /// Reads the credentials; `variable` gives the value of an environment variable.
    ///
    /// # Errors
    ///
    /// When there are none.
    pub fn read(&self, variable: impl Fn(&str) -> Option<String>) -> Result<Credentials, SourceProblem> {
        let filled = |name: &str| variable(name).filter(|value| !value.is_empty());
        let required = |name: &str| filled(name).ok_or_else(|| SourceProblem::Missing(name.to_owned()));
        match self {
            Self::Environment => Ok(Credentials {
                access_key: required("AWS_ACCESS_KEY_ID")?,
                secret: required("AWS_SECRET_ACCESS_KEY")?,
                token: filled("AWS_SESSION_TOKEN"),
            }),
            Self::Variable(name) => {
                let value = required(name)?;
                let mut parts = value.splitn(3, ':').filter(|part| !part.is_empty());
                let (Some(access_key), Some(secret)) = (parts.next(), parts.next()) else {
                    return Err(SourceProblem::Form(name.clone()));
                };
                Ok(Credentials::new(access_key, secret, parts.next()))
            }
            Self::Profile(named) => {
                let path = match filled("AWS_SHARED_CREDENTIALS_FILE") {
                    Some(path) => PathBuf::from(path),
                    None => Path::new(&filled("HOME").or_else(|| filled("USERPROFILE")).ok_or(SourceProblem::Home)?)
                        .join(".aws")
                        .join("credentials"),
                };
                let name = named.clone().or_else(|| filled("AWS_PROFILE")).unwrap_or_else(|| "default".to_owned());
                let read = std::fs::read_to_string(&path);
                let text = read.map_err(|source| SourceProblem::Read { path: path.clone(), source })?;
                profile::read(&text, &name).map_err(|source| SourceProblem::Profile { path, source })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, Source};

    fn read(source: &str, variables: &[(&str, &str)]) -> Result<Credentials, String> {
        let variable =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let source: Source = source.parse().map_err(|problem: super::SourceProblem| problem.to_string())?;
        source.read(variable).map_err(|problem| problem.to_string())
    }

    #[test]
    fn credentials_come_from_the_environment() {
        let variables = [("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "a/b:c"), ("MINE", "ASIA:s:t:u")];
        assert_eq!(read("env", &variables), Ok(Credentials::new("AKIA", "a/b:c", None)));
        assert_eq!(read("env:MINE", &variables), Ok(Credentials::new("ASIA", "s", Some("t:u"))));
        let token = [variables[0], variables[1], ("AWS_SESSION_TOKEN", "t")];
        assert_eq!(read("env", &token), Ok(Credentials::new("AKIA", "a/b:c", Some("t"))));
    }

    #[test]
    fn credentials_come_from_the_profile_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".aws")).unwrap();
        let file = folder.path().join(".aws/credentials");
        std::fs::write(&file, "[default]\naws_access_key_id = A\naws_secret_access_key = s\n").unwrap();
        let other = folder.path().join("other");
        std::fs::write(&other, "[test]\naws_access_key_id = B\naws_secret_access_key = s\n").unwrap();
        let home = ("HOME", folder.path().to_str().unwrap());
        let moved = ("AWS_SHARED_CREDENTIALS_FILE", other.to_str().unwrap());
        assert_eq!(read("profile", &[home]), Ok(Credentials::new("A", "s", None)));
        assert_eq!(read("profile:test", &[home, moved]), Ok(Credentials::new("B", "s", None)));
        assert_eq!(read("profile", &[moved, ("AWS_PROFILE", "test")]), Ok(Credentials::new("B", "s", None)));
        let missing = read("profile:none", &[home]).unwrap_err();
        assert!(missing.starts_with(&format!("`{}`: there is no profile `none`", file.display())), "{missing}");
    }

    #[test]
    fn what_is_missing_is_named_and_no_secret_is_repeated() {
        let cases = [
            ("AKIA:s3cret", "write `env`, `env:NAME`, `profile` or `profile:NAME`"),
            ("env:", "write `env`,"),
            ("env", "`AWS_ACCESS_KEY_ID` is not set"),
            ("env:MINE", "`MINE` is not set"),
            ("env:BAD", "`BAD` holds no credentials"),
            ("profile", "there is no home directory"),
        ];
        for (source, told) in cases {
            let problem = read(source, &[("BAD", "s3cret"), ("AWS_SECRET_ACCESS_KEY", "s3cret")]).unwrap_err();
            assert!(problem.contains(told) && !problem.contains("s3cret"), "{source}: {problem}");
        }
        let unread = read("profile", &[("AWS_SHARED_CREDENTIALS_FILE", "/no/such/file")]).unwrap_err();
        assert!(unread.starts_with("cannot read the shared credentials file `/no/such/file`: "), "{unread}");
    }
}
