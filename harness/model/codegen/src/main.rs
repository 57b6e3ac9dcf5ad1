//! Writes the generated files.

use std::process::ExitCode;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool")]
fn main() -> ExitCode {
    let root = redeliver_model_codegen::root();
    let result = redeliver_model_codegen::generate().and_then(|files| {
        for file in &files {
            let path = root.join(&file.path);
            let parent = path.parent().expect("every generated file is below the root");
            std::fs::create_dir_all(parent)
                .and_then(|()| std::fs::write(&path, &file.text))
                .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        }
        Ok(files.len())
    });
    match result {
        Ok(count) => {
            println!("wrote {count} files");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
