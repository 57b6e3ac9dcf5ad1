//! Signing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::signature::{SignatureEncoding as _, Signer as _};

use super::key::KEYS;

/// How a topic signs: its attribute `SignatureVersion`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) enum Version {
    /// SHA-1 with RSA.
    #[default]
    One,
    /// SHA-256 with RSA.
    Two,
}

impl Version {
    /// The version of this number.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::One, Self::Two].into_iter().find(|version| version.as_str() == text)
    }

    /// As the attribute and the envelope say it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
        }
    }
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    /// How it was made.
    pub(crate) version: Version,
    /// It, as base64.
    pub(crate) signature: String,
}

/// Signs a text. The padding of PKCS #1 v1.5 has nothing random, so the same text is always signed alike.
pub(crate) fn sign(version: Version, text: &str) -> Signed {
    let bytes = match version {
        Version::One => KEYS.one.sign(text.as_bytes()).to_vec(),
        Version::Two => KEYS.two.sign(text.as_bytes()).to_vec(),
    };
    Signed { version, signature: STANDARD.encode(bytes) }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use rsa::pkcs1v15::Signature;
    use rsa::signature::{Keypair as _, Verifier as _};

    use super::{KEYS, Signed, Version, sign};

    fn bytes(signed: &Signed) -> Signature {
        Signature::try_from(STANDARD.decode(&signed.signature).unwrap().as_slice()).unwrap()
    }

    #[test]
    fn signatures_verify_with_their_own_version_and_text_alone() {
        let [one, two] = [Version::One, Version::Two].map(|version| bytes(&sign(version, "text\n")));
        assert!(KEYS.one.verifying_key().verify(b"text\n", &one).is_ok());
        assert!(KEYS.two.verifying_key().verify(b"text\n", &two).is_ok());
        assert!(KEYS.one.verifying_key().verify(b"text", &one).is_err());
        assert!(KEYS.two.verifying_key().verify(b"text\n", &one).is_err());
    }

    #[test]
    fn same_text_is_signed_alike() {
        assert_eq!(sign(Version::One, "text"), sign(Version::One, "text"));
        assert_eq!(sign(Version::One, "text").signature.len(), 344, "as long as those of AWS, which has 2048 bits");
    }
}
