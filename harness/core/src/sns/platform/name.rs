//! Names of applications, and platforms.

use super::fault::PlatformFault;

const NAME_CHARACTERS_MAX: usize = 256;
/// Characters of a token of Apple.
const APPLE_TOKEN_MAX: usize = 400;
const TOKEN_BYTES_MAX: usize = 8_192;

/// Checks the name of a new application.
pub(super) fn check(name: &str) -> Result<(), PlatformFault> {
    let is_allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.');
    if name.is_empty() {
        Err(PlatformFault::NameEmpty)
    } else if name.chars().count() > NAME_CHARACTERS_MAX {
        Err(PlatformFault::NameTooLong { name: name.to_owned() })
    } else if !name.chars().all(is_allowed) {
        Err(PlatformFault::NameCharacter { name: name.to_owned() })
    } else {
        Ok(())
    }
}

/// A push service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Platform {
    /// As it stands in ARNs, and as the key of its message in a message with a structure.
    pub(crate) name: &'static str,
    /// Whether it is one of Apple's.
    apple: bool,
    /// Whether its applications need a principal beside the credential.
    principal: bool,
}

/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html> has the older ones.
const PLATFORMS: [Platform; 11] = [
    Platform { name: "ADM", apple: false, principal: true },
    Platform { name: "APNS", apple: true, principal: true },
    Platform { name: "APNS_SANDBOX", apple: true, principal: true },
    Platform { name: "APNS_VOIP", apple: true, principal: true },
    Platform { name: "APNS_VOIP_SANDBOX", apple: true, principal: true },
    Platform { name: "BAIDU", apple: false, principal: true },
    Platform { name: "GCM", apple: false, principal: false },
    Platform { name: "MACOS", apple: true, principal: true },
    Platform { name: "MACOS_SANDBOX", apple: true, principal: true },
    // Microsoft's first service can be used without authentication: its principal is a certificate that an application may lack.
    Platform { name: "MPNS", apple: false, principal: false },
    Platform { name: "WNS", apple: false, principal: true },
];

impl Platform {
    /// Reads a platform's name.
    pub(super) fn parse(text: &str) -> Result<Self, PlatformFault> {
        let found = PLATFORMS.into_iter().find(|platform| platform.name == text);
        found.ok_or_else(|| PlatformFault::PlatformUnknown { platform: text.to_owned() })
    }

    /// Whether its applications need a principal beside the credential.
    pub(super) fn needs_principal(self) -> bool {
        self.principal
    }

    /// What is wrong with the token of a device.
    pub(super) fn token_fault(self, token: &str) -> Option<PlatformFault> {
        let is_apples = token.len() <= APPLE_TOKEN_MAX && token.bytes().all(|byte| byte.is_ascii_hexdigit());
        if token.is_empty() {
            Some(PlatformFault::TokenEmpty)
        } else if self.apple && !is_apples {
            Some(PlatformFault::TokenOfApple)
        } else if token.len() > TOKEN_BYTES_MAX {
            Some(PlatformFault::TokenTooLong)
        } else {
            None
        }
    }
}
