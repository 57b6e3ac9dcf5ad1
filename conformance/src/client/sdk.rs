//! What the SDK made of a call, whatever the operation.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// A call on its way.
pub(crate) type Sent = Pin<Box<dyn Future<Output = Seen> + Send>>;

/// What the SDK made of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    /// A success that it could parse.
    Success,
    /// An error of the service.
    Refused {
        /// The code that it found, if any.
        code: Option<String>,
        /// All that it says, for the case that it should not have been one.
        text: String,
    },
    /// A reply that it could not take for one of the service.
    Unparsed(String),
    /// No reply.
    Lost(String),
    /// The request was never sent.
    NotSent(String),
}

/// Reads the result of any operation.
pub(crate) fn seen<O, E, R>(result: Result<O, SdkError<E, R>>) -> Seen
where
    E: ProvideErrorMetadata + Error + 'static,
    R: std::fmt::Debug + 'static,
{
    let Err(error) = result else { return Seen::Success };
    let code = error.code().map(str::to_owned);
    let text = chain(&error);
    match error {
        SdkError::ServiceError(_) => Seen::Refused { code, text },
        SdkError::ResponseError(_) => Seen::Unparsed(text),
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) => Seen::Lost(text),
        _ => Seen::NotSent(text),
    }
}

/// An error and what lies behind it, in one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut behind = error.source();
    while let Some(error) = behind {
        let more = error.to_string();
        // Some errors repeat what is behind them.
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        behind = error.source();
    }
    text
}
