//! The AWS shared credentials file.

use super::Credentials;

/// Why a profile can't be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileProblem {
    /// It is not there.
    #[error("there is no profile `{name}`{}", others(.known))]
    None {
        /// The profile.
        name: String,
        /// Those that are there.
        known: Vec<String>,
    },
    /// It lacks a key.
    #[error(
        "the profile `{name}` has no `{key}`: only access keys are read here; for roles and single sign-on, `aws configure \
         export-credentials --format env` gives keys, and `--credentials env` takes them"
    )]
    Key {
        /// The profile.
        name: String,
        /// What is missing.
        key: &'static str,
    },
}

fn others(known: &[String]) -> String {
    if known.is_empty() {
        return ": the file has none".to_owned();
    }
    let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    format!(": the file has {}", known.join(", "))
}

/// The credentials of a profile. Of a key that comes twice the later counts; lines that are neither sections nor keys are ignored.
/// <https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html>
pub(super) fn read(text: &str, name: &str) -> Result<Credentials, ProfileProblem> {
    let (mut known, mut is_in, mut parts) = (Vec::new(), false, [None, None, None]);
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])) {
        if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            is_in = section.trim() == name;
            known.push(section.trim().to_owned());
        } else if let (true, Some((key, value))) = (is_in, line.split_once('=')) {
            let index = KEYS.iter().position(|known| key.trim().eq_ignore_ascii_case(known));
            if let Some(index) = index {
                parts[index] = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
            }
        }
    }
    if !known.iter().any(|known| known == name) {
        return Err(ProfileProblem::None { name: name.to_owned(), known });
    }
    let missing = |key| move || ProfileProblem::Key { name: name.to_owned(), key };
    let [access_key, secret, token] = parts;
    let access_key = access_key.ok_or_else(missing(KEYS[0]))?;
    Ok(Credentials { access_key, secret: secret.ok_or_else(missing(KEYS[1]))?, token })
}

const KEYS: [&str; 3] = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];

#[cfg(test)]
mod tests {
    use super::{Credentials, read};

    const FILE: &str = "# mine\n[default]\naws_access_key_id=AKIA\naws_secret_access_key = a/b+c=\n\n[ other ] ; temporary\n\
        ; no = value\nAWS_ACCESS_KEY_ID = ASIA\n  aws_secret_access_key = s\naws_session_token = t==\nregion = eu-west-1\n\
        [role]\nrole_arn = arn:aws:iam::1:role/r\n";

    #[test]
    fn profiles_are_told_apart() {
        assert_eq!(read(FILE, "default"), Ok(Credentials::new("AKIA", "a/b+c=", None)));
        assert_eq!(read(FILE, "other"), Ok(Credentials::new("ASIA", "s", Some("t=="))));
    }

    #[test]
    fn what_is_missing_is_named() {
        let told = |text: &str, name: &str| read(text, name).unwrap_err().to_string();
        assert_eq!(told(FILE, "x"), "there is no profile `x`: the file has `default`, `other`, `role`");
        assert_eq!(told("", "x"), "there is no profile `x`: the file has none");
        assert!(told(FILE, "role").starts_with("the profile `role` has no `aws_access_key_id`: only access keys"));
        assert!(told("[a]\naws_access_key_id=k\n", "a").starts_with("the profile `a` has no `aws_secret_access_key`"));
    }
}
