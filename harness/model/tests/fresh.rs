//! The generated code is what the generator makes of the models today.

#[test]
fn generated_files_are_fresh() {
    let root = redeliver_model_codegen::root();
    for file in redeliver_model_codegen::generate().unwrap() {
        let written = std::fs::read_to_string(root.join(&file.path)).unwrap_or_default();
        assert!(written == file.text, "{} is stale: run `cargo run -p redeliver-model-codegen`", file.path);
    }
}
