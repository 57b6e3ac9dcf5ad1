//! Attributes of applications: from texts to settings and back.
//! <https://docs.aws.amazon.com/sns/latest/api/API_SetPlatformApplicationAttributes.html>

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::fault::{AttributeFault, PlatformFault};
use super::name::Platform;
use crate::Arn;

const PRINCIPAL: &str = "PlatformPrincipal";
const CREDENTIAL: &str = "PlatformCredential";
const ENABLED: &str = "Enabled";
const SAMPLE_RATE: &str = "SuccessFeedbackSampleRate";
/// Attributes that hold ARNs.
const ARNS: [&str; 6] = [
    "EventDeliveryFailure",
    "EventEndpointCreated",
    "EventEndpointDeleted",
    "EventEndpointUpdated",
    "FailureFeedbackRoleArn",
    "SuccessFeedbackRoleArn",
];
/// What goes with keys of Apple instead of certificates.
const TEXTS: [&str; 2] = ["ApplePlatformBundleID", "ApplePlatformTeamID"];

/// The attributes of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    /// Whether messages go out. SNS clears it when the push service refuses the credentials.
    pub(super) enabled: bool,
    principal: Option<String>,
    credential: Option<String>,
    /// All others.
    others: BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { enabled: true, principal: None, credential: None, others: BTreeMap::new() }
    }
}

impl Settings {
    /// Those of a new application.
    pub(super) fn new(platform: Platform, attributes: IndexMap<String, String>) -> Result<Self, PlatformFault> {
        let mut settings = Self::default();
        settings.set(attributes)?;
        let given = |value: &Option<String>| value.as_ref().is_some_and(|value| !value.is_empty());
        match (given(&settings.principal), given(&settings.credential)) {
            (true, true) => Ok(settings),
            (false, true) if !platform.needs_principal() => Ok(settings),
            (false, true) => Err(PlatformFault::CredentialAlone),
            (true, false) => Err(PlatformFault::PrincipalAlone),
            // Documented as an error of status 400 without its text; this is that of wrong credentials.
            // <https://docs.aws.amazon.com/sns/latest/dg/mobile-push-api-error.html>
            (false, false) => Err(PlatformFault::CredentialsInvalid),
        }
    }

    /// Sets all of these attributes or none.
    pub(super) fn set(&mut self, attributes: IndexMap<String, String>) -> Result<(), PlatformFault> {
        let mut changed = self.clone();
        for (name, value) in attributes {
            changed.set_one(&name, value).map_err(|fault| PlatformFault::Attribute { name, fault })?;
        }
        *self = changed;
        Ok(())
    }

    fn set_one(&mut self, name: &str, value: String) -> Result<(), AttributeFault> {
        match name {
            PRINCIPAL => self.principal = Some(value),
            CREDENTIAL => self.credential = Some(value),
            ENABLED => self.enabled = boolean(&value)?,
            _ if name != SAMPLE_RATE && !ARNS.contains(&name) && !TEXTS.contains(&name) => {
                return Err(AttributeFault::Unknown);
            }
            // silent: an empty value takes the attribute away, as it does with attributes of topics.
            _ if value.is_empty() => {
                self.others.remove(name);
            }
            SAMPLE_RATE if !value.parse::<u8>().is_ok_and(|rate| rate <= 100) => {
                return Err(AttributeFault::NoPercentage { value });
            }
            _ if ARNS.contains(&name) && Arn::parse(&value).is_none() => {
                return Err(AttributeFault::NoArn { elements: value.split(':').count() });
            }
            _ => {
                self.others.insert(name.to_owned(), value);
            }
        }
        Ok(())
    }

    /// What callers see: all but principal and credential, as recorded.
    pub(super) fn shown(&self) -> IndexMap<String, String> {
        let enabled = (ENABLED.to_owned(), self.enabled.to_string());
        std::iter::once(enabled).chain(self.others.clone()).collect()
    }
}

/// Reads a truth value, whose case does not matter.
pub(super) fn boolean(text: &str) -> Result<bool, AttributeFault> {
    text.to_ascii_lowercase().parse().map_err(|_| AttributeFault::NoBoolean)
}
