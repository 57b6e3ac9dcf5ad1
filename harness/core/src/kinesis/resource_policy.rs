//! `PutResourcePolicy`, `GetResourcePolicy` and `DeleteResourcePolicy`.

use redeliver_model::kinesis::{
    DeleteResourcePolicyInput, GetResourcePolicyInput, GetResourcePolicyOutput, PutResourcePolicyInput,
};

use super::context::Context;
use super::resource::Resource;
use super::{ControlFault, Error, Kinesis};
use crate::iam::Policy;

/// What is answered where there is no policy. Recorded.
const NO_POLICY: &str = "{}";

impl Kinesis {
    fn policy_of(&mut self, resource: Resource, arn: Option<&String>) -> Result<&mut Option<String>, Error> {
        Ok(match resource {
            Resource::Stream(id) => &mut self.stream_mut(id).policy,
            Resource::Queue(id) => &mut self.queues.get_mut(id).policy,
            // <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutResourcePolicy.html>
            Resource::Channel(_) => return Err(ControlFault::Arn { arn: arn.cloned().unwrap_or_default() }.into()),
            Resource::Consumer(stream, id) => {
                let consumer = self.stream_mut(stream).consumers.get_mut(&id);
                &mut consumer.expect("it was found in this call").policy
            }
        })
    }

    /// Gives a resource a policy in place of the one that it has.
    pub(in crate::kinesis) fn put_resource_policy(
        &mut self,
        cx: &mut Context<'_>,
        input: PutResourcePolicyInput,
    ) -> Result<(), Error> {
        let resource = self.find_resource(cx, input.resource_arn.as_deref())?;
        let text = input.policy.ok_or(Error::Missing { member: "policy" })?;
        Policy::parse(&text).map_err(|fault| ControlFault::Policy { reason: fault.to_string() })?;
        *self.policy_of(resource, input.resource_arn.as_ref())? = Some(text);
        Ok(())
    }

    /// The policy of a resource.
    pub(in crate::kinesis) fn get_resource_policy(
        &mut self,
        cx: &mut Context<'_>,
        input: &GetResourcePolicyInput,
    ) -> Result<GetResourcePolicyOutput, Error> {
        let resource = self.find_resource(cx, input.resource_arn.as_deref())?;
        let policy = self.policy_of(resource, input.resource_arn.as_ref())?.clone();
        Ok(GetResourcePolicyOutput { policy: Some(policy.unwrap_or_else(|| NO_POLICY.to_owned())) })
    }

    /// Takes the policy of a resource away. A second time it is an error, as recorded.
    pub(in crate::kinesis) fn delete_resource_policy(
        &mut self,
        cx: &mut Context<'_>,
        input: &DeleteResourcePolicyInput,
    ) -> Result<(), Error> {
        let resource = self.find_resource(cx, input.resource_arn.as_deref())?;
        let arn = || input.resource_arn.clone().unwrap_or_default();
        let taken = self.policy_of(resource, input.resource_arn.as_ref())?.take();
        taken.map(drop).ok_or_else(|| ControlFault::ResourceNotFound { arn: arn() }.into())
    }
}
