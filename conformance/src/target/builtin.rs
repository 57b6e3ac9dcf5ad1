//! The manifests of this project.

use super::Manifest;

/// Manifests by their names.
macro_rules! texts {
    ($($name:literal),* $(,)?) => {
        [$((
            concat!("conformance/targets/", $name, ".yaml"),
            include_str!(concat!("../../targets/", $name, ".yaml")),
        )),*]
    };
}

const TEXTS: &[(&str, &str)] = &texts![
    "reference",
    "served",
    "moto",
    "elasticmq",
    "goaws",
    "kinesalite",
    "kinesis-mock",
    "ferrokinesis",
    "localstack",
    "ministack",
    "fauxqs",
    "fakecloud",
    "winterbaume",
    "elasticmq-native",
    "floci",
    "ministack-image",
    "localstack-image",
    "aws-emulator",
    "aws",
];

/// All built-in manifests, the reference first.
///
/// # Panics
///
/// Never: a test reads them all.
pub fn builtin() -> Vec<Manifest> {
    TEXTS
        .iter()
        .map(|&(path, text)| Manifest::parse(text, path).expect("a test reads all built-in manifests"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Manifest, Start};
    use super::TEXTS;

    #[test]
    fn every_manifest_of_the_folder_is_built_in() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("targets");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut there: Vec<_> = names.filter(|name| name.contains(".yaml")).collect();
        there.sort();
        let mut known: Vec<_> = TEXTS.iter().map(|(path, _)| path.replace("conformance/targets/", "")).collect();
        known.sort();
        assert_eq!(there, known, "name it in `TEXTS`");
    }

    #[test]
    fn built_in_manifests_read_and_stay_on_this_machine() {
        for &(path, text) in TEXTS {
            let manifest = Manifest::parse(text, path).unwrap();
            assert_eq!(path, format!("conformance/targets/{}.yaml", manifest.name));
            if let Start::Endpoint(endpoint) = manifest.start {
                assert!(endpoint.is_loopback(), "{path} leaves this machine: {endpoint}");
            }
        }
    }
}
