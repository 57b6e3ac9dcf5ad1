//! The spec files.

use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::DeflateDecoder;

/// Made by the build script: path and bytes of every file, sorted by path.
const FILES: &[(&str, usize)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// All texts, one after the other, packed to a fifteenth.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/texts"));

static TEXTS: LazyLock<String> = LazyLock::new(|| {
    let mut texts = String::new();
    DeflateDecoder::new(PACKED).read_to_string(&mut texts).expect("the build script packed text");
    texts
});

/// Every spec file, sorted by path: its path below this folder, for example `sqs/messages/visibility.yaml`, and its text. The
/// self-tests of the format are not among them.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = TEXTS.as_str();
    FILES.iter().map(move |&(path, bytes)| {
        let (text, after) = rest.split_at(bytes);
        rest = after;
        (path, text)
    })
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
