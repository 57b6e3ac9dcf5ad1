//! The manifests of this project.

use super::Manifest;

const TEXTS: [(&str, &str); 3] = [
    ("conformance/targets/reference.yaml", include_str!("../../targets/reference.yaml")),
    ("conformance/targets/served.yaml", include_str!("../../targets/served.yaml")),
    ("conformance/targets/moto.yaml", include_str!("../../targets/moto.yaml")),
];

/// All built-in manifests, the reference first.
///
/// # Panics
///
/// Never: a test reads them all.
pub fn builtin() -> Vec<Manifest> {
    TEXTS.iter().map(|(path, text)| Manifest::parse(text, path).expect("a test reads all built-in manifests")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Manifest, Start};
    use super::TEXTS;

    #[test]
    fn built_in_manifests_read_and_stay_on_this_machine() {
        for (path, text) in TEXTS {
            let manifest = Manifest::parse(text, path).unwrap();
            assert_eq!(path, format!("conformance/targets/{}.yaml", manifest.name));
            if let Start::Endpoint(endpoint) = manifest.start {
                assert!(endpoint.is_loopback(), "{path} leaves this machine: {endpoint}");
            }
        }
    }
}
