//! The one table from facts to codes, statuses and texts of SNS.

use redeliver_model::sns::MODEL;

use super::Error;
use crate::Description;

const PARAMETER: &str = "InvalidParameterException";
const MISSING: &str = "NotFoundException";

impl Error {
    /// Code, status and text.
    ///
    /// # Panics
    ///
    /// Never: that every fact stands in the table is proved by a test.
    pub fn describe(&self) -> Description {
        let (shape, message) = self.name_and_text();
        let row = MODEL.error(shape).expect("every name is a modelled error, which a test proves");
        Description { shape: row.name, code: row.code, status: row.status, fault: row.fault, message }
    }

    fn name_and_text(&self) -> (&'static str, String) {
        match self {
            Self::MissingValue { parameter } => {
                (PARAMETER, format!("Invalid parameter: {parameter} Reason: no value for required parameter"))
            }
            Self::ShortArn { parameter, elements } => (
                PARAMETER,
                format!("Invalid parameter: {parameter} Reason: An ARN must have at least 6 elements, not {elements}"),
            ),
            Self::Parameter { parameter } => (PARAMETER, format!("Invalid parameter: {parameter}")),
            Self::Reason { parameter, reason } => {
                (PARAMETER, format!("Invalid parameter: {parameter} Reason: {reason}"))
            }
            Self::TopicDoesNotExist => (MISSING, "Topic does not exist".to_owned()),
            Self::SubscriptionDoesNotExist => (MISSING, "Subscription does not exist".to_owned()),
            Self::Platform(fault) => fault.name_and_text(),
            Self::Sms(fault) => fault.name_and_text(),
            Self::NotYet { operation } => ("InternalErrorException", format!("{operation} is not built yet")),
        }
    }
}
