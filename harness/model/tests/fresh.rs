//! The generated code is what the generator makes of the models today.

#[test]
fn generated_files_are_fresh() {
    let directory = redeliver_model_codegen::output_directory();
    for file in redeliver_model_codegen::generate().unwrap() {
        let written = std::fs::read_to_string(directory.join(&file.path)).unwrap_or_default();
        assert!(written == file.text, "{} is stale: run `cargo run -p redeliver-model-codegen`", file.path);
    }
}
