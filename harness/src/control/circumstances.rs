//! What is outside of the services: keys of KMS and phone numbers.

use redeliver_core::KeyFault;
use serde::Deserialize;
use serde_json::{Value, json};

use super::problem::Problem;
use crate::caller::Home;
use crate::engine::Engine;

/// What a key is called that works.
const WORKING: &str = "working";
/// What a number is called whose owner wants no messages.
const OPTED_OUT: &str = "opted-out";

/// Something, and what it is from now on.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Change {
    Key {
        key: String,
        is: String,
    },
    Phone {
        phone: String,
        is: String,
        /// Whose text message is answered; the account and region of the server when left out.
        account: Option<String>,
        region: Option<String>,
    },
}

/// The keys that do not work.
pub(super) fn read(engine: &Engine) -> Value {
    let keys: serde_json::Map<_, _> =
        engine.keys().into_iter().map(|(key, fault)| (key, fault.name().into())).collect();
    json!({ "keys": keys })
}

/// Lets a key or a number be something from now on.
pub(super) fn change(engine: &Engine, home: &Home, body: &[u8]) -> Result<Value, Problem> {
    let example = "send JSON such as `{\"key\":\"alias/orders\",\"is\":\"disabled\"}` or `{\"phone\":\"+15555550100\",\"is\":\"opted-out\"}`";
    let change: Change = serde_json::from_slice(body).map_err(|_| {
        Problem::bad_request(format!("the body names neither a key nor a phone number with what it is: {example}"))
    })?;
    match change {
        Change::Key { key, is } if is == WORKING => engine.set_key(&key, None),
        Change::Key { key, is } => {
            let fault = is.parse::<KeyFault>();
            let fault = fault.map_err(|why| Problem::bad_request(format!("{why}, or `{WORKING}`")))?;
            engine.set_key(&key, Some(fault));
        }
        Change::Phone { phone, is, account, region } if is == OPTED_OUT => {
            let account = account.as_deref().unwrap_or(&home.account);
            engine.opt_out(account, region.as_deref().unwrap_or(&home.region), &phone);
        }
        Change::Phone { is, .. } => {
            let why = format!(
                "`{is}` is nothing that a phone number can be made: use `{OPTED_OUT}`; `OptInPhoneNumber` undoes it"
            );
            return Err(Problem::bad_request(why));
        }
    }
    Ok(read(engine))
}
