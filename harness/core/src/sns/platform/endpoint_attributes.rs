//! Attributes of endpoints: from texts to an endpoint.
//! <https://docs.aws.amazon.com/sns/latest/api/API_SetEndpointAttributes.html>

use indexmap::IndexMap;

use super::attributes::boolean;
use super::endpoint::Endpoint;
use super::fault::{AttributeFault, PlatformFault};
use super::name::Platform;

/// In bytes of UTF-8.
const USER_DATA_MAX: usize = 2_048;

/// Sets attributes of an endpoint of this platform, which is a copy: all or none.
pub(super) fn set(
    endpoint: &mut Endpoint,
    platform: Platform,
    attributes: IndexMap<String, String>,
) -> Result<(), PlatformFault> {
    for (name, value) in attributes {
        set_one(endpoint, platform, &name, value).map_err(|fault| PlatformFault::Attribute { name, fault })?;
    }
    Ok(())
}

fn set_one(endpoint: &mut Endpoint, platform: Platform, name: &str, value: String) -> Result<(), AttributeFault> {
    match name {
        "CustomUserData" => endpoint.user_data = Some(user_data(value)?),
        "Enabled" => endpoint.enabled = boolean(&value)?,
        "Token" => {
            endpoint.token = match platform.token_fault(&value) {
                None => value,
                Some(PlatformFault::TokenEmpty) => return Err(AttributeFault::Empty),
                Some(PlatformFault::TokenOfApple) => return Err(AttributeFault::AppleToken),
                Some(_) => return Err(AttributeFault::TooLong),
            }
        }
        _ => return Err(AttributeFault::Unknown),
    }
    Ok(())
}

/// Checks user data.
pub(super) fn user_data(value: String) -> Result<String, AttributeFault> {
    if value.len() > USER_DATA_MAX { Err(AttributeFault::UserDataTooLong) } else { Ok(value) }
}
