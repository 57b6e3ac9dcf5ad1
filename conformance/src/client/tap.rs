//! The interceptor that puts a spec's own parameters into a request and takes the raw reply.

use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
    BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use http_body_util::Limited;
use serde_json::Value;

use super::raw::BODY_BYTES_MAX;

/// The header that says which operation is called.
const TARGET: &str = "x-amz-target";

/// An ARN that stands for one that is missing; it is not sent.
const NOBODYS: &str = "arn:aws:kinesis:us-east-1:000000000000:stream/none/consumer/none:0";

/// A reply as it came, before the SDK made anything of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raw {
    /// HTTP status.
    pub(crate) status: u16,
    /// Header `x-amzn-query-error`: the code of the query protocol and the fault.
    pub(crate) query_error: Option<String>,
    /// Header `x-amzn-errortype`.
    pub(crate) error_type: Option<String>,
    /// Body.
    pub(crate) body: Vec<u8>,
}

/// Carries one call's body to the wire and its reply back. Clones share the reply.
#[derive(Debug, Clone)]
pub(crate) struct Tap {
    body: Arc<str>,
    /// The operation that is sent in place of the one that the SDK is asked for.
    named: Option<&'static str>,
    reply: Arc<Mutex<Option<Raw>>>,
}

impl Tap {
    /// A tap for one call with this body.
    pub(crate) fn new(body: String) -> Self {
        Self { body: body.into(), named: None, reply: Arc::default() }
    }

    /// The same tap, which sends an operation that the SDK does not have in the name of another one.
    pub(crate) fn named(self, operation: &'static str) -> Self {
        Self { named: Some(operation), ..self }
    }

    /// The ARN in the parameter of this name, for the SDK, which chooses the host by it; one of nobody where it is missing or none.
    pub(crate) fn arn(&self, name: &str) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap_or_default();
        let given = body.get(name).and_then(Value::as_str).filter(|arn| arn.starts_with("arn:aws:kinesis:"));
        let given = given.filter(|arn| arn.split(':').nth(5).is_some_and(|resource| resource.contains('/')));
        given.unwrap_or(NOBODYS).to_owned()
    }

    /// Puts in a reply that the SDK took apart while it came.
    pub(crate) fn put(&self, raw: Raw) {
        *self.reply.lock().unwrap_or_else(PoisonError::into_inner) = Some(raw);
    }

    /// The reply, if one came; the second time there is none.
    pub(crate) fn take(&self) -> Option<Raw> {
        self.reply.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Intercept for Tap {
    fn name(&self) -> &'static str {
        "Tap"
    }

    // Before signing, so that the signature is over the body that is sent.
    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        request.headers_mut().insert("content-length", self.body.len().to_string());
        if let Some(operation) = self.named {
            let target = request.headers().get(TARGET).and_then(|target| target.split_once('.'));
            if let Some(target) = target.map(|(service, _)| format!("{service}.{operation}")) {
                request.headers_mut().insert(TARGET, target);
            }
        }
        *request.body_mut() = SdkBody::from(self.body.as_bytes());
        Ok(())
    }

    // Before the SDK reads it into memory, whoever sends it.
    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response_mut().take_body();
        *context.response_mut().body_mut() = SdkBody::from_body_1_x(Limited::new(body, BODY_BYTES_MAX));
        Ok(())
    }

    // The first hook at which the whole body is in memory; it runs also when the SDK could not parse it.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        // A body that did not come whole is no answer.
        let Some(body) = response.body().bytes() else { return Ok(()) };
        let header = |name| response.headers().get(name).map(str::to_owned);
        let raw = Raw {
            status: response.status().as_u16(),
            query_error: header("x-amzn-query-error"),
            error_type: header("x-amzn-errortype"),
            body: body.to_owned(),
        };
        self.put(raw);
        Ok(())
    }
}
