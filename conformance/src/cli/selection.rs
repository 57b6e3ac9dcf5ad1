//! From selection arguments to what is wanted, and of which specs.

use std::path::Path;

use super::args::SelectionArgs;
use crate::select::Wanted;
use crate::specs::{self, Specs};

/// Specs of a folder, or those of this project.
pub(super) fn specs(folder: Option<&Path>) -> Specs {
    folder.map_or_else(specs::all, specs::folder)
}

/// What the arguments select.
pub(super) fn wanted(args: &SelectionArgs) -> Wanted {
    Wanted {
        selectors: args.selectors.clone(),
        guarantees: args.guarantee.clone(),
        features: args.feature.clone(),
        level: args.level,
        shard: args.shard,
    }
}
