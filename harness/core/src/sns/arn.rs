//! How the ARNs in parameters are read.

use super::context::Context;
use super::{Error, Sns, Topic};
use crate::{Arn, Caller, Uuid};

/// The parts of an ARN, of which AWS wants six. Recorded on AWS.
///
/// # Errors
///
/// When the parameter is missing or has fewer parts.
pub(in crate::sns) fn read(parameter: &'static str, text: Option<&str>) -> Result<Arn, Error> {
    let text = text.ok_or(Error::MissingValue { parameter })?;
    let elements = text.split(':').count();
    if elements < ELEMENTS {
        return Err(Error::ShortArn { parameter, elements });
    }
    Arn::parse(text).ok_or(Error::Parameter { parameter })
}

/// The ARN of a topic, which has to be of the caller's region. Recorded on AWS.
///
/// # Errors
///
/// When the parameter is missing, has too few parts or names something else.
pub(in crate::sns) fn topic(caller: &Caller, parameter: &'static str, text: Option<&str>) -> Result<String, Error> {
    let arn = read(parameter, text)?;
    if arn.service == "sns" && arn.region == *caller.region && !arn.resource.contains(':') {
        Ok(arn.to_string())
    } else {
        Err(Error::Parameter { parameter })
    }
}

/// The ARN of a subscription. Recorded on AWS.
///
/// # Errors
///
/// When the parameter is missing, has too few parts or names something else.
pub(in crate::sns) fn subscription(text: Option<&str>) -> Result<String, Error> {
    let arn = read("SubscriptionArn", text)?;
    let id = arn.resource.split_once(':').and_then(|(_, id)| Uuid::parse(id));
    if arn.service == "sns" && id.is_some() {
        Ok(arn.to_string())
    } else {
        Err(Error::Parameter { parameter: "SubscriptionId" })
    }
}

impl Sns {
    /// The topic that a parameter names.
    ///
    /// # Errors
    ///
    /// As [`topic`], when there is no such topic, when it is encrypted and the call not signed, and when it is of another account and its
    /// policy does not let the caller in.
    pub(in crate::sns) fn find_topic(
        &self,
        cx: &Context<'_>,
        parameter: &'static str,
        text: Option<&str>,
    ) -> Result<&Topic, Error> {
        let named = topic(cx.caller, parameter, text)?;
        let topic = self.registry.topic_by_arn(&named).ok_or(Error::TopicDoesNotExist)?;
        // <https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html>
        if topic.settings.kms_key.is_some() && !cx.caller.is_signed() {
            return Err(Error::Insecure);
        }
        self.admit(cx, topic)?;
        Ok(topic)
    }
}

const ELEMENTS: usize = 6;
