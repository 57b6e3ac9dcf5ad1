//! Whether a signature is right.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use http::request::Parts;
use redeliver_core::Command;
use redeliver_model::sns;
use redeliver_wire::{Error, Received};
use subtle::ConstantTimeEq;

use super::canonical::{Query, canonical, digest, is_host};
use super::claim::{ALGORITHM, Claim};
use super::date;
use super::denial::Denial;
use super::keys::Keys;

/// How far the clocks of client and server may differ, in seconds.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>
const SKEW_SECS: i64 = 15 * 60;

/// Whether a request is taken at this second since 1970; if not, what it is answered in its protocol.
pub(in crate::server) fn admit(
    keys: &Keys,
    now: i64,
    head: &Parts,
    body: &[u8],
    received: &Received,
) -> Result<(), Error> {
    match verify(keys, now, head, body) {
        Err(Denial::Missing) if is_for_anyone(received) => Ok(()),
        outcome => outcome.map_err(|denial| Error::Described(Box::new(denial.describe(received.dialect)))),
    }
}

/// Endpoints confirm and end subscriptions without credentials, at the addresses that they are sent.
/// <https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html>,
/// <https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html>
fn is_for_anyone(received: &Received) -> bool {
    match &received.command {
        Ok(Command::Sns(sns::Command::ConfirmSubscription(input))) => {
            input.authenticate_on_unsubscribe.as_deref() != Some("true")
        }
        Ok(Command::Sns(sns::Command::Unsubscribe(_))) => true,
        _ => false,
    }
}

/// Checks the signature of a request at this second since 1970. Regions and services are whatever the scope says: this server has all.
fn verify(keys: &Keys, now: i64, head: &Parts, body: &[u8]) -> Result<(), Denial> {
    let query = Query::parse(head.uri.query().unwrap_or_default());
    let claim = Claim::read(head, &query)?;
    let key = keys.get(&claim.key).ok_or(Denial::UnknownKey)?;
    if claim.token != key.token {
        return Err(Denial::UnknownKey);
    }
    check_scope(&claim)?;
    check_time(&claim, now)?;
    let canonical = canonical(head, &query, body, &claim)?;
    let to_sign = to_sign(&claim, &canonical);
    let [_, region, service, _] = &claim.scope;
    let key = generate_signing_key(&key.secret, time(claim.at), region, service);
    let expected = calculate_signature(key, to_sign.as_bytes());
    if bool::from(expected.as_bytes().ct_eq(claim.signature.as_bytes())) {
        return Ok(());
    }
    Err(Denial::Mismatch(format!(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and \
         signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have \
         been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{to_sign}'\n"
    )))
}

fn to_sign(claim: &Claim, canonical: &str) -> String {
    format!("{ALGORITHM}\n{}\n{}\n{}", date::show(claim.at), claim.scope.join("/"), digest(canonical.as_bytes()))
}

fn check_scope(claim: &Claim) -> Result<(), Denial> {
    let [day, region, service, end] = &claim.scope;
    let at = date::show(claim.at);
    let signed = &at[..8];
    let problem = if end != "aws4_request" {
        format!("Credential should be scoped with a valid terminator: 'aws4_request', not '{end}'.")
    } else if day != signed {
        format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{day}' != \
             '{signed}', from '{at}'."
        )
    } else if region.is_empty() {
        "Credential should be scoped to a valid region.".to_owned()
    } else if service.is_empty() {
        "Credential should be scoped to correct service.".to_owned()
    } else if !claim.headers.iter().any(|name| is_host(name)) {
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.".to_owned()
    } else {
        return Ok(());
    };
    Err(Denial::Mismatch(problem))
}

fn check_time(claim: &Claim, now: i64) -> Result<(), Denial> {
    let shown = date::show;
    let at = claim.at;
    if at > now + SKEW_SECS {
        let latest = now + SKEW_SECS;
        let text = format!("{} is still later than {} ({} + 15 min.)", shown(at), shown(latest), shown(now));
        return Err(Denial::Mismatch(format!("Signature not yet current: {text}")));
    }
    if let Some(expires) = claim.expires {
        let end = at.saturating_add(expires);
        let text = format!("Signature expired: {} is now earlier than {}", shown(end), shown(now));
        return if now > end { Err(Denial::Expired(text)) } else { Ok(()) };
    }
    let earliest = now - SKEW_SECS;
    if at < earliest {
        let text = format!("{} is now earlier than {} ({} - 15 min.)", shown(at), shown(earliest), shown(now));
        return Err(Denial::Mismatch(format!("Signature expired: {text}")));
    }
    Ok(())
}

/// For the key derivation, which takes the day from it. Dates before 1970 fail the check of the time.
fn time(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}
