//! How the names and ARNs in parameters are read.

use std::sync::Arc;

use super::{Error, Kinesis, Stream, StreamId};
use crate::{Arn, Caller};

/// How a call names its stream.
#[derive(Debug, Clone, Copy)]
pub(in crate::kinesis) struct Named<'a> {
    /// `StreamName`.
    pub(in crate::kinesis) name: Option<&'a str>,
    /// `StreamARN`.
    pub(in crate::kinesis) arn: Option<&'a str>,
}

impl<'a> Named<'a> {
    /// From `StreamName` and `StreamARN`.
    pub(in crate::kinesis) fn new(name: Option<&'a String>, arn: Option<&'a String>) -> Self {
        Self { name: name.map(String::as_str), arn: arn.map(String::as_str) }
    }
}

/// The beginning that the ARNs of the caller's streams have in common.
pub(in crate::kinesis) fn prefix(caller: &Caller) -> String {
    format!("arn:{}:kinesis:{}:{}:stream/", caller.partition(), caller.region, caller.account)
}

impl Kinesis {
    /// The stream that a call is about. Where it says both name and ARN they have to agree.
    pub(in crate::kinesis) fn find(&self, caller: &Caller, named: Named<'_>) -> Result<StreamId, Error> {
        let arn = match (named.name, named.arn) {
            (None, None) => return Err(Error::NoStream),
            (Some(name), None) => format!("{}{name}", prefix(caller)),
            (name, Some(arn)) => {
                let parsed = Arn::parse(arn).filter(|arn| arn.service == "kinesis");
                let resource = parsed.as_ref().and_then(|parsed| parsed.resource.strip_prefix("stream/"));
                let Some(found) = resource.filter(|resource| !resource.contains('/')) else {
                    return Err(Error::StreamArn { arn: arn.to_owned() });
                };
                if let Some(name) = name.filter(|name| *name != found) {
                    return Err(Error::NamesDiffer { name: name.to_owned(), arn: arn.to_owned() });
                }
                arn.to_owned()
            }
        };
        self.registry.by_arn(&arn).ok_or_else(|| not_found(caller, &arn))
    }

    /// A stream that is known to exist.
    pub(in crate::kinesis) fn stream(&self, id: StreamId) -> &Stream {
        self.registry.get(id).expect("ids are found in the call that uses them")
    }

    /// A stream that is known to exist, to be changed.
    pub(in crate::kinesis) fn stream_mut(&mut self, id: StreamId) -> &mut Stream {
        self.registry.get_mut(id).expect("ids are found in the call that uses them")
    }
}

fn not_found(caller: &Caller, arn: &str) -> Error {
    let parsed = Arn::parse(arn);
    let account = parsed.as_ref().map_or_else(|| Arc::clone(&caller.account), |arn| arn.account.as_str().into());
    let stream = arn.rsplit_once('/').map_or(arn, |(_, name)| name).to_owned();
    Error::StreamNotFound { stream, account }
}
