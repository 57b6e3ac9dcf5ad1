//! `GetQueueAttributes`.

use indexmap::IndexMap;
use redeliver_model::sqs::{GetQueueAttributesRequest, GetQueueAttributesResult, QueueAttributeName as Name};

use super::read;
use crate::sqs::context::Context;
use crate::sqs::{Error, Sqs};

impl Sqs {
    /// The attributes that are asked for by name or as `All`; without names there are none.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html>
    pub(in crate::sqs) fn get_queue_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: GetQueueAttributesRequest,
    ) -> Result<GetQueueAttributesResult, Error> {
        let id = cx.queue()?;
        let asked = input.attribute_names.unwrap_or_default();
        if let Some(Name::Other(attribute)) = asked.iter().find(|name| matches!(name, Name::Other(_))) {
            return Err(Error::UnknownAttribute { attribute: attribute.to_string() });
        }
        let is_asked = |name: &Name| asked.contains(name) || asked.contains(&Name::All);
        let counts = read::COUNTERS.iter().any(is_asked).then(|| self.queue(id).messages.counts(cx.now, cx.oracle));
        let all = read::attributes(self.queue(id)).into_iter().chain(counts.into_iter().flat_map(read::counters));
        let found: IndexMap<Name, String> = all.filter(|(name, _)| is_asked(name)).collect();
        Ok(GetQueueAttributesResult { attributes: Some(found).filter(|found| !found.is_empty()) })
    }
}
