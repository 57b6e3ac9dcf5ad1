//! The JSON schema that is checked in is the one that the types give.

use std::path::Path;

use redeliver_spec::schema;

#[test]
fn the_schema_that_is_checked_in_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/schema.json");
    if std::env::var_os("REDELIVER_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, schema()).unwrap();
    }
    let checked_in = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        checked_in == schema(),
        "specs/schema.json is stale: write it anew with `REDELIVER_WRITE_SCHEMA=1 cargo test -p redeliver-spec --test schema`"
    );
}
