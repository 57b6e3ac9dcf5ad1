//! `Subscribe`.

use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;
use redeliver_model::sns::{SubscribeInput, SubscribeResponse};

use super::archive::{ArchiveFault, ReplayPolicy};
use super::context::Context;
use super::endpoint;
use super::subscription::Confirmation;
use super::subscription_settings::{Kind, SubscriptionSettings};
use super::token::Token;
use super::{Error, Event, Happening, Protocol, Sns, Subscription, SubscriptionId, TopicId, arn};
use crate::{Arn, Caller};

/// For so long an endpoint can agree.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html>
pub(super) const CONFIRM_WITHIN: Duration = Duration::from_hours(48);
const PENDING: &str = "pending confirmation";
const FIFO: &str = ".fifo";

impl Sns {
    /// Subscribes an endpoint, or gives the subscription that it has. Recorded on AWS.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>
    pub(in crate::sns) fn subscribe(
        &mut self,
        cx: &mut Context<'_>,
        input: SubscribeInput,
    ) -> Result<SubscribeResponse, Error> {
        let topic = self.find_topic(cx, "TopicArn", input.topic_arn.as_deref())?;
        let (topic_id, fifo) = (topic.id, topic.settings.fifo);
        let name = input.protocol.ok_or(Error::MissingValue { parameter: "Protocol" })?;
        let protocol = Protocol::parse(&name).ok_or(Error::UnknownProtocol { name })?;
        let address = input.endpoint.filter(|text| !text.is_empty());
        let address = address.ok_or(Error::MissingValue { parameter: "Endpoint" })?;
        endpoint::check(protocol, &address)?;
        check_fifo(fifo, protocol, &address)?;
        let kind = Kind { protocol, endpoint: &address, fifo, creating: true };
        let mut given = input.attributes.unwrap_or_default();
        let replay_text = if fifo { given.shift_remove("ReplayPolicy") } else { None };
        let replay =
            ReplayPolicy::parse(replay_text.as_deref().unwrap_or_default()).map_err(|fault| wrong_replay(&fault))?;
        let attributes = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut settings = SubscriptionSettings::default();
        settings.set_all(attributes.clone(), kind)?;
        if protocol == Protocol::Firehose && !settings.has_role() {
            return Err(Error::MissingValue { parameter: "SubscriptionRoleArn" });
        }
        if let Some(known) = self.find_subscription(topic_id, protocol, &address) {
            let mut asked = known.settings.clone();
            asked.set_all(attributes, kind)?;
            if !asked.shown().eq(known.settings.shown()) {
                let reason = "Subscription already exists with different attributes".to_owned();
                return Err(Error::Reason { parameter: "Attributes", reason });
            }
            let told = told(known, input.return_subscription_arn);
            return Ok(SubscribeResponse { subscription_arn: Some(told) });
        }
        self.check_room(cx.caller, topic_id, protocol, &address, &settings)?;
        if replay.is_some() && self.topic(topic_id).is_some_and(|topic| topic.archive.is_none()) {
            return Err(wrong_replay(&ArchiveFault::NoArchive));
        }
        given.extend(replay_text.map(|text| ("ReplayPolicy".to_owned(), text)));
        let id = self.add(cx, topic_id, protocol, address.into(), (settings, given));
        if replay.is_some() {
            self.set_replay(cx.now, id, replay).map_err(|fault| wrong_replay(&fault))?;
        }
        let subscription = self.subscription(id).expect("it was just made");
        let told = told(subscription, input.return_subscription_arn);
        Ok(SubscribeResponse { subscription_arn: Some(told) })
    }

    fn find_subscription(&self, topic: TopicId, protocol: Protocol, endpoint: &str) -> Option<&Subscription> {
        let id = self.registry.subscription_to(topic, protocol, endpoint)?;
        self.subscription(id)
    }

    fn add(
        &mut self,
        cx: &mut Context<'_>,
        topic: TopicId,
        protocol: Protocol,
        endpoint: Arc<str>,
        (settings, given): (SubscriptionSettings, IndexMap<String, String>),
    ) -> SubscriptionId {
        let topic_arn = Arc::clone(&self.topic(topic).expect("it was just found").arn);
        let arn: Arc<str> = format!("{topic_arn}:{}", self.ids.uuid().to_text()).into();
        let confirmation = if needs_no_answer(protocol, &endpoint, cx.caller) {
            Confirmation::Confirmed { authenticated: true, guarded: false }
        } else {
            Confirmation::Pending { until: cx.now + CONFIRM_WITHIN }
        };
        cx.log.sns(|| Event {
            at: cx.now,
            topic: Arc::clone(&topic_arn),
            what: Happening::Subscribed {
                subscription: Arc::clone(&arn),
                protocol: protocol.as_str(),
                endpoint: endpoint.to_string(),
                attributes: given.into_iter().collect(),
            },
        });
        let is_confirmed = matches!(confirmation, Confirmation::Confirmed { .. });
        let id = self.registry.add_subscription(|id| Subscription {
            id,
            arn: Arc::clone(&arn),
            topic,
            topic_arn: Arc::clone(&topic_arn),
            owner: Arc::clone(&cx.caller.account),
            principal: cx.caller.user_arn().into(),
            protocol,
            endpoint,
            queue: None,
            settings,
            replay: None,
            confirmation,
        });
        if is_confirmed {
            cx.log.sns(|| Event { at: cx.now, topic: topic_arn, what: Happening::Confirmed { subscription: arn } });
        } else {
            self.pending.insert((cx.now + CONFIRM_WITHIN, id));
            let token = self.token();
            self.ask_to_confirm(cx.caller, id, &token);
            self.tokens.insert(token, Token::Confirms(id));
        }
        id
    }
}

/// Endpoints of mobile push and phones are not asked, and those of AWS's services not when their owner subscribes them.
/// <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>
pub(super) fn needs_no_answer(protocol: Protocol, endpoint: &str, caller: &Caller) -> bool {
    match protocol {
        Protocol::Sms | Protocol::Application => true,
        Protocol::Sqs | Protocol::Lambda | Protocol::Firehose => {
            Arn::parse(endpoint).is_some_and(|arn| arn.account == *caller.account)
        }
        Protocol::Http | Protocol::Https | Protocol::Email | Protocol::EmailJson => false,
    }
}

fn check_fifo(fifo: bool, protocol: Protocol, endpoint: &str) -> Result<(), Error> {
    if !fifo && protocol == Protocol::Sqs && endpoint.ends_with(FIFO) {
        // Recorded on AWS, with its beginning twice.
        let reason = "FIFO SQS Queues can not be subscribed to standard SNS topics".to_owned();
        return Err(Error::Reason { parameter: "Invalid parameter: Endpoint", reason });
    }
    if fifo && protocol != Protocol::Sqs {
        // silent: the text. <https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html>
        let reason = "Please use an SQS queue: FIFO topics deliver to nothing else".to_owned();
        return Err(Error::Reason { parameter: "Invalid parameter: Endpoint", reason });
    }
    Ok(())
}

fn wrong_replay(fault: &ArchiveFault) -> Error {
    Error::Attribute { name: "ReplayPolicy", reason: fault.to_string(), creating: true }
}

fn told(subscription: &Subscription, always: Option<bool>) -> String {
    if subscription.is_confirmed() || always == Some(true) { subscription.arn.to_string() } else { PENDING.to_owned() }
}

impl Sns {
    /// The subscription that a parameter names.
    ///
    /// # Errors
    ///
    /// When the parameter is no ARN of one, when there is none of this ARN, and when it is neither the caller's nor to a topic of the caller.
    pub(in crate::sns) fn find_named_subscription(
        &self,
        cx: &Context<'_>,
        text: Option<&str>,
    ) -> Result<&Subscription, Error> {
        let arn = arn::subscription(text)?;
        let subscription = self.registry.subscription_by_arn(&arn).ok_or(Error::SubscriptionDoesNotExist)?;
        self.admit_to_subscription(cx, subscription)?;
        Ok(subscription)
    }
}
