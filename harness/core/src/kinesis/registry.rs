//! Streams by id and by ARN.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Stream, StreamId};

/// Streams by id and by ARN. ARNs sort by account, region and name within a partition.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Registry {
    streams: BTreeMap<StreamId, Stream>,
    by_arn: BTreeMap<Arc<str>, StreamId>,
    last: u32,
}

impl Registry {
    /// Adds a stream.
    pub(in crate::kinesis) fn add(&mut self, stream: Stream) -> StreamId {
        self.last += 1;
        let id = StreamId(self.last);
        self.by_arn.insert(Arc::clone(&stream.arn), id);
        self.streams.insert(id, stream);
        id
    }

    /// Takes a stream out.
    pub(in crate::kinesis) fn remove(&mut self, id: StreamId) -> Option<Stream> {
        let stream = self.streams.remove(&id)?;
        self.by_arn.remove(&stream.arn);
        Some(stream)
    }

    /// All streams.
    pub(in crate::kinesis) fn all(&self) -> impl Iterator<Item = (StreamId, &Stream)> {
        self.streams.iter().map(|(id, stream)| (*id, stream))
    }

    /// A stream.
    pub(in crate::kinesis) fn get(&self, id: StreamId) -> Option<&Stream> {
        self.streams.get(&id)
    }

    /// A stream, to be changed.
    pub(in crate::kinesis) fn get_mut(&mut self, id: StreamId) -> Option<&mut Stream> {
        self.streams.get_mut(&id)
    }

    /// The stream of this ARN.
    pub(in crate::kinesis) fn by_arn(&self, arn: &str) -> Option<StreamId> {
        self.by_arn.get(arn).copied()
    }

    /// The streams of an account and region by name; `prefix` is the beginning that their ARNs have in common.
    pub(in crate::kinesis) fn of<'a>(&'a self, prefix: &str) -> impl Iterator<Item = &'a Stream> + use<'a> {
        let from: Arc<str> = prefix.into();
        let is_of = {
            let prefix = prefix.to_owned();
            move |arn: &Arc<str>| arn.starts_with(&prefix)
        };
        let found = self.by_arn.range(from..).take_while(move |(arn, _)| is_of(arn));
        found.filter_map(|(_, id)| self.get(*id))
    }
}
