//! Lists every `.yaml` file of this folder, except for the self-tests below `format`, and packs their texts.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// Folders that hold no part of the contract.
const OUTSIDE: [&str; 2] = ["format", "src"];

fn main() -> io::Result<()> {
    // Cargo runs build scripts in the folder of their package.
    let root = env::current_dir()?;
    let mut paths = Vec::new();
    collect(&root, "", &mut paths)?;
    paths.sort();
    let mut table = String::from("&[\n");
    let mut texts = DeflateEncoder::new(Vec::new(), Compression::best());
    for path in &paths {
        let text = fs::read_to_string(root.join(path))?;
        texts.write_all(text.as_bytes())?;
        let _ = writeln!(table, "    ({path:?}, {}),", text.len());
    }
    table.push_str("]\n");
    println!("cargo::rerun-if-changed=.");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?);
    fs::write(out.join("texts"), texts.finish()?)?;
    fs::write(out.join("files.rs"), table)
}

fn collect(folder: &Path, shown: &str, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !(shown.is_empty() && OUTSIDE.contains(&name.as_str())) {
                collect(&path, &format!("{shown}{name}/"), paths)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            paths.push(format!("{shown}{name}"));
        }
    }
    Ok(())
}
