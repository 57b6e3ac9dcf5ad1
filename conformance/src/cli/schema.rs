//! `redeliver schema`.

use super::output::Output;
use super::problem::Problem;
use crate::exit;

/// Prints the JSON schema of spec files.
pub(super) fn schema(output: Output) -> Result<u8, Problem> {
    output.print(&format!("{:#}\n", redeliver_spec::schema()))?;
    Ok(exit::OK)
}
