//! A container that serves a target, as a manifest says.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Ready;

/// A container that serves a target. It is reached on loopback alone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "the map of a container")]
pub struct Container {
    /// the image, with its tag or digest
    pub image: String,
    /// the port on which it answers inside
    pub port: u16,
    /// other ports inside, by a name of your choice
    #[serde(default)]
    pub ports: IndexMap<String, u16>,
    /// the port of this machine that stands for `port`; a free one when left out
    #[serde(default)]
    pub host_port: Option<u16>,
    /// what is added to its environment
    #[serde(default)]
    pub environment: IndexMap<String, String>,
    /// its arguments, instead of those of the image
    #[serde(default)]
    pub args: Vec<String>,
    /// the program that it starts, instead of that of the image
    #[serde(default)]
    pub entrypoint: Option<String>,
    /// folders and files of this machine that it sees
    #[serde(default)]
    pub volumes: Vec<Volume>,
    /// files that are written into it before it starts, by their path inside
    #[serde(default)]
    pub files: IndexMap<String, String>,
    /// when it counts as started
    #[serde(default)]
    pub ready: Ready,
    /// how to get the image, a command or sentence that is shown when it is missing
    #[serde(default)]
    pub install: Option<String>,
}

/// A folder or file of this machine that a container sees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "a volume")]
pub struct Volume {
    /// its path on this machine, from the folder of the manifest
    pub host: String,
    /// its path in the container
    pub container: String,
    /// whether the container may change it
    #[serde(default)]
    pub writable: bool,
}

impl Container {
    /// Name and tag of the image, or name and digest as Docker joins them by a colon.
    pub(super) fn name_and_tag(&self) -> Option<(&str, &str)> {
        let (name, tag) = self.image.rsplit_once(':')?;
        // A colon before a slash belongs to the address of a registry.
        (!name.is_empty() && !tag.is_empty() && !tag.contains('/')).then_some((name, tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_has_a_tag_or_a_digest() {
        let parts = |image: &str| {
            let text = format!("image: {image}\nport: 1\n");
            let container: Container = serde_yaml::from_str(&text).unwrap();
            container.name_and_tag().map(|(name, tag)| (name.to_owned(), tag.to_owned()))
        };
        let expected = |name: &str, tag: &str| Some((name.to_owned(), tag.to_owned()));
        assert_eq!(parts("emulator:1.2"), expected("emulator", "1.2"));
        assert_eq!(parts("localhost:5000/own/emulator:1.2"), expected("localhost:5000/own/emulator", "1.2"));
        assert_eq!(parts("emulator@sha256:0a1b"), expected("emulator@sha256", "0a1b"));
        for image in ["emulator", "localhost:5000/emulator", "emulator:"] {
            assert_eq!(parts(&format!("\"{image}\"")), None, "{image}");
        }
    }
}
