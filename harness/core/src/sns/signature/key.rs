//! The key and its certificate: the same in every world, so that what is signed is the same in every run. Both are in the repository, so
//! the key is no secret and proves nothing but that code verifies what it should.

use std::sync::LazyLock;

use rsa::PrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey as _;
use sha1::Sha1;
use sha2::Sha256;

/// The certificate in PEM form, which is served at [`CERTIFICATE_PATH`].
pub const CERTIFICATE: &str = include_str!("../../../../../fixtures/certificates/sns.pem");

/// Where the certificate is, below the endpoint. AWS names it so, with 32 hexadecimal digits, which receivers check.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html>
pub const CERTIFICATE_PATH: &str = "/SimpleNotificationService-958bd78acc746e64a9da8e1a589f81ba.pem";

const KEY: &str = include_str!("../../../../../fixtures/certificates/sns.key.pem");

/// The key, ready to sign either version. Reading it takes longer than signing, and it never changes.
pub(super) static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let key = PrivateKey::from_pkcs8_pem(KEY).expect("the key in the repository is sound");
    Keys { one: SigningKey::new(key.clone()), two: SigningKey::new(key) }
});

/// A key for each version of signatures.
pub(super) struct Keys {
    /// For version 1.
    pub(super) one: SigningKey<Sha1>,
    /// For version 2.
    pub(super) two: SigningKey<Sha256>,
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use md5::{Digest as _, Md5};

    use super::{CERTIFICATE, CERTIFICATE_PATH};
    use crate::hexadecimal;

    #[test]
    fn path_names_the_certificate_by_its_digest() {
        let base64: String = CERTIFICATE.lines().filter(|line| !line.starts_with("-----")).collect();
        let digest: [u8; 16] = Md5::digest(STANDARD.decode(base64).unwrap()).into();
        let name = hexadecimal::text(hexadecimal::digits(digest).as_flattened());
        assert_eq!(CERTIFICATE_PATH, format!("/SimpleNotificationService-{name}.pem"));
    }
}
