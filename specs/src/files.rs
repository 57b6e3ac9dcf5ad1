//! The spec files.

/// Made by the build script: path and text of every file, sorted by path.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Every spec file, sorted by path: its path below this folder, for example `sqs/messages/visibility.yaml`, and its text. The
/// self-tests of the format are not among them.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_spec_files_of_the_contract() {
        let paths: Vec<_> = files().map(|(path, _)| path).collect();
        assert!(paths.is_sorted_by(|a, b| a < b), "{paths:?}");
        let strange: Vec<_> =
            paths.iter().filter(|path| path.strip_suffix(".yaml").is_none() || path.starts_with("format/")).collect();
        assert_eq!(strange, Vec::<&&str>::new());
    }

    #[test]
    fn texts_are_those_on_disk() {
        for (path, text) in files() {
            let on_disk = std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            assert_eq!(text, on_disk, "{path}");
        }
    }
}
