//! One file for each object: folder, bucket, key.

use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use redeliver_core::kinesis::StoredObject;

use super::frame::framed;

/// Writes an object below a folder, and never outside of it.
pub(super) fn write(folder: &Path, object: &StoredObject) -> io::Result<()> {
    let path = folder.join(below(&object.bucket)).join(below(&object.key));
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, framed(object))
}

/// The steps down that are in a key; steps up and to the root, which a prefix of dead letters may have, are left out.
fn below(key: &str) -> PathBuf {
    Path::new(key).components().filter(|step| matches!(step, Component::Normal(_))).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::below;

    #[test]
    fn no_key_leads_out_of_the_folder() {
        for (key, path) in [("a/b", "a/b"), ("/a", "a"), ("../../a", "a"), ("a/../../b", "a/b"), ("./a//b", "a/b")] {
            assert_eq!(below(key), Path::new(path), "{key}");
        }
    }
}
