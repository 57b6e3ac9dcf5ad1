//! A message to a number, which ends in the outbox.

use super::fault::SmsFault;
use super::number::is_e164;
use super::parts;
use super::registry::Account;
use super::sandbox::Destination;
use crate::sns::message::Message;
use crate::sns::outbox::Entry;
use crate::sns::platform::Home;
use crate::sns::{Error, Sns};
use crate::{Limits, Timestamp};

/// <https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html>
const CHARACTERS_MAX: usize = 1_600;
const MAX_PRICE: &str = "AWS.SNS.SMS.MaxPrice";
const SENDER: &str = "AWS.SNS.SMS.SenderID";
const TYPE: &str = "AWS.SNS.SMS.SMSType";
/// Attributes of messages that are meant for carriers.
const OPTIONS: [&str; 2] = ["AWS.SNS.SMS.", "AWS.MM.SMS."];

impl Sns {
    /// Whether `Publish` takes this number and this text.
    pub(in crate::sns) fn text_target(number: &str, message: &str) -> Result<(), Error> {
        if !is_e164(number) {
            Err(SmsFault::NotPublishable { number: number.to_owned() }.into())
        } else if message.chars().count() > CHARACTERS_MAX {
            // silent: what is said of longer ones, which are documented as not allowed.
            Err(SmsFault::TooLong.into())
        } else {
            Ok(())
        }
    }

    /// Sends a text message to a number in the form of E.164, and says why it does not arrive. AWS tells that its logs alone; here it stands
    /// in the outbox too.
    pub(in crate::sns) fn text(&mut self, home: Home, number: &str, message: &Message<'_>) -> Result<(), String> {
        let account = self.phones.of(home);
        let mut attributes = message.attributes_of(&OPTIONS);
        attributes.entry(TYPE.to_owned()).or_insert_with(|| account.preferences.message_type().to_owned());
        if let Some(sender) = account.preferences.sender() {
            attributes.entry(SENDER.to_owned()).or_insert_with(|| sender.clone());
        }
        let failure = account.refuse(message.at, number, message, &self.limits).map(str::to_owned);
        let entry = message.entry("sms", number.to_owned());
        self.outbox.push(Entry { attributes, failure: failure.clone(), ..entry });
        failure.map_or(Ok(()), Err)
    }
}

impl Account {
    /// Why a message does not arrive; else it is paid. The texts are those of delivery logs, but for the sandbox.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html>
    fn refuse(&mut self, now: Timestamp, number: &str, message: &Message<'_>, limits: &Limits) -> Option<&'static str> {
        let price = parts::count(message.text).saturating_mul(limits.sms_part_micro_usd);
        if self.opted_out.contains(number) {
            return Some("Phone number is opted out");
        }
        if limits.sms_sandbox && !matches!(self.sandbox.get(number), Some(Destination::Verified { .. })) {
            return Some("Phone number is not verified in the SMS sandbox");
        }
        if message.attribute(MAX_PRICE).and_then(micro_usd).is_some_and(|most| price > most) {
            return Some("This delivery would exceed max price");
        }
        let is_paid = self.spending.spend(now, price, self.preferences.spend_limit_usd(limits));
        // Users quote it from their logs.
        (!is_paid).then_some("No quota left for account")
    }
}

/// Reads dollars, such as `0.50`, as millionths of them; `None` for what is no amount.
fn micro_usd(text: &str) -> Option<u64> {
    let (dollars, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let micros: u64 = digits.parse().ok()?;
    dollars.parse::<u64>().ok()?.checked_mul(1_000_000)?.checked_add(micros)
}

#[cfg(test)]
mod tests {
    use super::micro_usd;

    #[test]
    fn amounts_are_read() {
        let amounts = ["0.50", "1", "0.006455", "0.0000019", "", "x", "1.x"].map(micro_usd);
        assert_eq!(amounts, [Some(500_000), Some(1_000_000), Some(6_455), Some(1), None, None, None]);
    }
}
