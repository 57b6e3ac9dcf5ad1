//! What endpoints get of a message, made once for all that get the same.

use super::letter::Origin;
use crate::sns::envelope::{Notice, Template, Urls, time_text};
use crate::sns::filter_policy::{FilterPolicy, Filterable};
use crate::sns::signature::{Signed, Version, of_notice, sign};
use crate::sns::{Protocol, Published, Subscription};
use crate::sqs::Body;

/// The form in which a message is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As it was published.
    Raw,
    /// JSON for queues and HTTP endpoints.
    Envelope,
    /// JSON for Firehose.
    Record,
    /// JSON for Lambda.
    Event,
}

impl Form {
    /// The form that a queue or an HTTP endpoint wants.
    fn of(subscription: &Subscription) -> Self {
        if subscription.settings.raw { Self::Raw } else { Self::Envelope }
    }
}

/// A message on its way to many endpoints. Signing costs more than all else, so it is done once for each body, when somebody needs it.
#[derive(Debug)]
pub(super) struct Rendering<'a> {
    published: &'a Published,
    version: Version,
    message_id: String,
    timestamp: String,
    filterable: Option<Filterable<'a>>,
    signed: Vec<(&'a str, Signed)>,
    templates: Vec<(Form, &'a str, Template)>,
    origin: Option<Origin>,
}

impl<'a> Rendering<'a> {
    /// Nothing is made yet. `version` is how the topic signs.
    pub(super) fn new(published: &'a Published, version: Version) -> Self {
        Self {
            published,
            version,
            message_id: published.id.to_text(),
            timestamp: time_text(published.at),
            filterable: None,
            signed: Vec::new(),
            templates: Vec::new(),
            origin: None,
        }
    }

    /// How the topic signs.
    pub(super) fn version(&self) -> Version {
        self.version
    }

    /// The message as a subscription wants it: as it is, or in an envelope.
    pub(super) fn notification(&mut self, subscription: &Subscription) -> String {
        self.fill(Form::of(subscription), subscription.protocol, &subscription.arn)
    }

    /// The same as the body of a message in a queue.
    pub(super) fn letter_body(&mut self, subscription: &Subscription) -> Body {
        self.template(Form::of(subscription), subscription.protocol).body(&subscription.arn)
    }

    /// The message for an endpoint of this protocol.
    pub(super) fn fill(&mut self, form: Form, protocol: Protocol, subscription_arn: &str) -> String {
        self.template(form, protocol).fill(subscription_arn)
    }

    fn template(&mut self, form: Form, protocol: Protocol) -> &Template {
        let body = self.published.body_for(protocol);
        let made = self.templates.iter().position(|(made, of, _)| *made == form && std::ptr::eq(*of, body));
        let place = made.unwrap_or_else(|| {
            let template = self.make(form, body);
            self.templates.push((form, body, template));
            self.templates.len() - 1
        });
        &self.templates[place].2
    }

    /// Whose message it is, found out once.
    pub(super) fn origin(&mut self, find: impl FnOnce() -> Origin) -> Origin {
        self.origin.get_or_insert_with(find).clone()
    }

    /// Whether a policy lets the message through.
    pub(super) fn passes(&mut self, policy: &FilterPolicy) -> bool {
        let Published { attributes, bodies, .. } = self.published;
        let filterable = self.filterable.get_or_insert_with(|| {
            let attributes = attributes.iter().map(|(name, value)| {
                let kind = value.data_type.as_deref().unwrap_or_default();
                (name.as_str(), kind, value.string_value.as_deref())
            });
            Filterable::new(attributes, &bodies.default)
        });
        policy.matches(filterable)
    }

    fn make(&mut self, form: Form, body: &'a str) -> Template {
        // Messages of FIFO topics were recorded unsigned, and raw messages and Firehose records have no signature.
        let is_signed = self.published.sequence.is_none() && matches!(form, Form::Envelope | Form::Event);
        if is_signed && !self.signed.iter().any(|(of, _)| std::ptr::eq(*of, body)) {
            let signed = sign(self.version, &of_notice(&self.notice(body, None)));
            self.signed.push((body, signed));
        }
        let signed = self.signed.iter().find(|(of, _)| is_signed && std::ptr::eq(*of, body));
        let notice = self.notice(body, signed.map(|(_, signed)| signed));
        match form {
            Form::Raw => Template::raw(body),
            Form::Envelope => notice.envelope(),
            Form::Record => notice.record(),
            Form::Event => notice.event(),
        }
    }

    fn notice<'b>(&'b self, body: &'b str, signed: Option<&'b Signed>) -> Notice<'b> {
        Notice {
            message_id: &self.message_id,
            topic_arn: &self.published.topic_arn,
            sequence_number: self.published.sequence.as_deref(),
            subject: self.published.subject.as_deref(),
            message: body,
            timestamp: &self.timestamp,
            attributes: &self.published.attributes,
            signed,
            urls: Urls { endpoint: &self.published.endpoint },
        }
    }
}
