//! `redeliver schema`.

use super::args::{SchemaArgs, Written};
use super::output::Output;
use super::problem::Problem;
use crate::exit;

/// Prints the JSON schema of spec files or target manifests.
pub(super) fn schema(args: &SchemaArgs, output: Output) -> Result<u8, Problem> {
    let schema = match args.of {
        Written::Spec => redeliver_spec::schema(),
        Written::Target => crate::target::schema(),
    };
    output.print(&format!("{schema:#}\n"))?;
    Ok(exit::OK)
}
