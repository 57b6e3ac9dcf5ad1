//! The attributes of text messages, which are an account's preferences.
//! <https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html>

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::fault::SmsFault;
use crate::{Arn, Limits};

const SPEND_LIMIT: &str = "MonthlySpendLimit";
const SENDER: &str = "DefaultSenderID";
const TYPE: &str = "DefaultSMSType";
const NAMES: [&str; 6] =
    [TYPE, SENDER, "DeliveryStatusIAMRole", "DeliveryStatusSuccessSamplingRate", SPEND_LIMIT, "UsageReportS3Bucket"];
const SENDER_CHARACTERS_MAX: usize = 11;

/// The preferences that were set.
#[derive(Debug, Clone, Default)]
pub(super) struct Preferences {
    set: BTreeMap<&'static str, String>,
}

impl Preferences {
    /// Sets all of these or none.
    pub(super) fn set(&mut self, attributes: IndexMap<String, String>, limits: &Limits) -> Result<(), SmsFault> {
        let mut changed = self.set.clone();
        for (name, value) in attributes {
            let known = NAMES.into_iter().find(|known| *known == name);
            let name = known.ok_or(SmsFault::UnknownAttribute { name })?;
            if value.is_empty() {
                // As Terraform does to reset them:
                // <https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sns/sms_preferences.go>
                changed.remove(name);
            } else if is_valid(name, &value, limits) {
                changed.insert(name, value);
            } else {
                return Err(SmsFault::InvalidAttribute { name });
            }
        }
        self.set = changed;
        Ok(())
    }

    /// Those that were set, and the limit of spending, which is always there. Where `names` has some, only those.
    pub(super) fn shown(&self, names: &[String], limits: &Limits) -> IndexMap<String, String> {
        let spend_limit = self.spend_limit_usd(limits).to_string();
        let all = NAMES.into_iter().filter_map(|name| {
            let value = self.set.get(name).cloned();
            value.or_else(|| (name == SPEND_LIMIT).then(|| spend_limit.clone())).map(|value| (name.to_owned(), value))
        });
        all.filter(|(name, _)| names.is_empty() || names.contains(name)).collect()
    }

    /// What may be spent in a month, in US dollars.
    pub(super) fn spend_limit_usd(&self, limits: &Limits) -> u64 {
        let set = self.set.get(SPEND_LIMIT).and_then(|value| value.parse().ok());
        set.unwrap_or(limits.sms_monthly_spend_usd)
    }

    /// Who messages come from, where none says otherwise.
    pub(super) fn sender(&self) -> Option<&String> {
        self.set.get(SENDER)
    }

    /// What messages are, where none says otherwise.
    pub(super) fn message_type(&self) -> &str {
        self.set.get(TYPE).map_or("Promotional", String::as_str)
    }
}

/// silent: what AWS checks of the role; buckets are not known here.
fn is_valid(name: &str, value: &str, limits: &Limits) -> bool {
    match name {
        SPEND_LIMIT => value.parse::<u64>().is_ok_and(|dollars| dollars <= limits.sms_monthly_spend_usd),
        SENDER => is_sender(value),
        TYPE => matches!(value, "Promotional" | "Transactional"),
        "DeliveryStatusIAMRole" => Arn::parse(value).is_some(),
        "DeliveryStatusSuccessSamplingRate" => value.parse::<u8>().is_ok_and(|rate| rate <= 100),
        _ => true,
    }
}

/// At most eleven letters and digits, at least one of them a letter.
fn is_sender(value: &str) -> bool {
    value.len() <= SENDER_CHARACTERS_MAX
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}
