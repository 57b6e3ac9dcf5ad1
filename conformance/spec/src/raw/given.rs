//! The map below `given`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::RawSentence;
use crate::words::State;

/// Something outside of the services: a key of KMS or a phone number, and what it is from now on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Given", title = "a circumstance", extend("oneOf" = [{ "required": ["key"] }, { "required": ["phone"] }]))]
pub(crate) struct RawGiven {
    /// a key of KMS, called as resources call it: by an id, an ARN or an alias
    pub(crate) key: Option<RawSentence>,
    /// a phone number, for example `+15555550100`
    pub(crate) phone: Option<RawSentence>,
    /// what it is
    pub(crate) is: State,
}
