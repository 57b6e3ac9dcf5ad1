//! When a recording was made, where, and with which versions.

use redeliver_spec::Case;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::target::{Manifest, Start};

/// The format of recordings.
pub const FORMAT: u32 = 1;

/// The account that stands for the target's own in every recording: the one of AWS's examples.
pub(super) const ACCOUNT: &str = "123456789012";

/// What is known of a recording as a whole: the file `recording.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The format, [`FORMAT`].
    pub recording: u32,
    /// When, as `2026-01-31T12:00:00Z`. Left out where time is virtual: such a recording depends on the versions alone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recorded_at: Option<String>,
    /// Of what.
    pub target: Recorded,
    /// The version of `redeliver` that recorded it.
    pub redeliver: String,
    /// Digest of the spec files that the cases stand in.
    pub specs: String,
    /// Cases that were recorded.
    pub cases: usize,
    /// Whether recording came to its end.
    pub complete: bool,
}

/// The target of a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// Its name; `endpoint` for one that was named by its address alone.
    pub name: String,
    /// Its version, as it tells it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<String>,
    /// How it came to be there: `in-process`, `endpoint`, `command`, `container` or `aws`.
    pub endpoint: String,
    /// Region.
    pub region: String,
    /// Whether time was that of a real clock.
    pub real_time: bool,
}

impl Recorded {
    /// The target with this manifest.
    pub fn new(manifest: &Manifest, version: Option<String>) -> Self {
        let endpoint = match manifest.start {
            Start::InProcess => "in-process",
            Start::Endpoint(_) => "endpoint",
            Start::Command(_) => "command",
            Start::Container(_) => "container",
            Start::Aws(_) => "aws",
        };
        let by_address = manifest.name.contains("://");
        Self {
            name: if by_address { "endpoint".to_owned() } else { manifest.name.clone() },
            version,
            endpoint: endpoint.to_owned(),
            region: manifest.region.clone(),
            real_time: manifest.time() == crate::target::Time::Real,
        }
    }

    /// Name and version, for people.
    pub fn title(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.name),
            None => self.name.clone(),
        }
    }
}

/// A digest over the files of these cases, the same for the same files.
pub fn specs_digest(cases: &[&Case]) -> String {
    let mut files: Vec<_> = cases.iter().map(|case| (crate::select::file_of(&case.id), &case.file.text)).collect();
    files.sort_by_key(|(path, _)| *path);
    files.dedup_by_key(|(path, _)| *path);
    let mut digest = Sha256::new();
    for (path, text) in files {
        digest.update(path.as_bytes());
        digest.update([0]);
        digest.update(text.as_bytes());
        digest.update([0]);
    }
    let hex = |byte: u8| format!("{byte:02x}");
    format!("sha256:{}", digest.finalize().iter().map(|byte| hex(*byte)).collect::<String>())
}
