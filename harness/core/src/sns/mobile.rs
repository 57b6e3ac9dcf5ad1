//! From commands of mobile push and text messages to operations.

use std::mem::take;

use redeliver_model::sns::{Command, Reply};

use super::context::Context;
use super::{Error, Sns};

impl Sns {
    /// Carries out `command`, which is about mobile push or text messages.
    pub(in crate::sns) fn dispatch_mobile(
        &mut self,
        cx: &mut Context<'_>,
        command: &mut Command,
    ) -> Result<Reply, Error> {
        Ok(match command {
            Command::CheckIfPhoneNumberIsOptedOut(input) => {
                Reply::CheckIfPhoneNumberIsOptedOut(self.check_if_phone_number_is_opted_out(cx, take(input))?)
            }
            Command::CreatePlatformApplication(input) => {
                Reply::CreatePlatformApplication(self.create_platform_application(cx, take(input))?)
            }
            Command::CreatePlatformEndpoint(input) => {
                Reply::CreatePlatformEndpoint(self.create_platform_endpoint(cx, take(input))?)
            }
            Command::CreateSMSSandboxPhoneNumber(input) => {
                Reply::CreateSMSSandboxPhoneNumber(self.create_sms_sandbox_phone_number(cx, take(input))?)
            }
            Command::DeleteEndpoint(input) => self.delete_endpoint(cx, input).map(|()| Reply::DeleteEndpoint)?,
            Command::DeletePlatformApplication(input) => {
                self.delete_platform_application(cx, input).map(|()| Reply::DeletePlatformApplication)?
            }
            Command::DeleteSMSSandboxPhoneNumber(input) => {
                Reply::DeleteSMSSandboxPhoneNumber(self.delete_sms_sandbox_phone_number(cx, take(input))?)
            }
            Command::GetEndpointAttributes(input) => {
                Reply::GetEndpointAttributes(self.get_endpoint_attributes(cx, input)?)
            }
            Command::GetPlatformApplicationAttributes(input) => {
                Reply::GetPlatformApplicationAttributes(self.get_platform_application_attributes(cx, input)?)
            }
            Command::GetSMSAttributes(input) => Reply::GetSMSAttributes(self.get_sms_attributes(cx, take(input))),
            Command::GetSMSSandboxAccountStatus(_) => {
                Reply::GetSMSSandboxAccountStatus(self.get_sms_sandbox_account_status())
            }
            Command::ListEndpointsByPlatformApplication(input) => {
                Reply::ListEndpointsByPlatformApplication(self.list_endpoints_by_platform_application(cx, take(input))?)
            }
            Command::ListOriginationNumbers(input) => {
                Reply::ListOriginationNumbers(Self::list_origination_numbers(take(input))?)
            }
            Command::ListPhoneNumbersOptedOut(input) => {
                Reply::ListPhoneNumbersOptedOut(self.list_phone_numbers_opted_out(cx, take(input))?)
            }
            Command::ListPlatformApplications(input) => {
                Reply::ListPlatformApplications(self.list_platform_applications(cx, take(input))?)
            }
            Command::ListSMSSandboxPhoneNumbers(input) => {
                Reply::ListSMSSandboxPhoneNumbers(self.list_sms_sandbox_phone_numbers(cx, take(input))?)
            }
            Command::OptInPhoneNumber(input) => Reply::OptInPhoneNumber(self.opt_in_phone_number(cx, take(input))?),
            Command::SetEndpointAttributes(input) => {
                self.set_endpoint_attributes(cx, take(input)).map(|()| Reply::SetEndpointAttributes)?
            }
            Command::SetPlatformApplicationAttributes(input) => self
                .set_platform_application_attributes(cx, take(input))
                .map(|()| Reply::SetPlatformApplicationAttributes)?,
            Command::SetSMSAttributes(input) => Reply::SetSMSAttributes(self.set_sms_attributes(cx, take(input))?),
            Command::VerifySMSSandboxPhoneNumber(input) => {
                Reply::VerifySMSSandboxPhoneNumber(self.verify_sms_sandbox_phone_number(cx, take(input))?)
            }
            Command::AddPermission(_)
            | Command::ConfirmSubscription(_)
            | Command::CreateTopic(_)
            | Command::DeleteTopic(_)
            | Command::GetDataProtectionPolicy(_)
            | Command::GetSubscriptionAttributes(_)
            | Command::GetTopicAttributes(_)
            | Command::ListSubscriptions(_)
            | Command::ListSubscriptionsByTopic(_)
            | Command::ListTagsForResource(_)
            | Command::ListTopics(_)
            | Command::Publish(_)
            | Command::PublishBatch(_)
            | Command::PutDataProtectionPolicy(_)
            | Command::RemovePermission(_)
            | Command::SetSubscriptionAttributes(_)
            | Command::SetTopicAttributes(_)
            | Command::Subscribe(_)
            | Command::TagResource(_)
            | Command::Unsubscribe(_)
            | Command::UntagResource(_) => unreachable!("`dispatch` carries it out"),
        })
    }
}
