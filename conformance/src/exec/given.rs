//! The step `given`: what is outside of the services.

use redeliver::{Harness, KeyFault};
use redeliver_spec::{Caller, Given, GivenStep, State, Step};
use serde_json::json;

use super::fill;
use super::session::Session;
use super::steps::Frame;
use super::stop::Stop;
use crate::client::{OTHER_ACCOUNT, control, other_region};
use crate::target::Target;

/// Lets something be so from now on, on the reference alone: elsewhere it is not for the runner to say.
pub(super) fn run(session: &Session<'_>, step: &Step, given: &GivenStep, frame: &Frame) -> Result<(), Stop> {
    let name = fill::text(&given.name, &frame.scope, &format!("{}/given", step.pointer))?;
    let target = session.target();
    match session.harness() {
        Some(harness) => in_process(harness, target, given, &name),
        None => served(target, given, &name),
    }
    .map_err(|reason| Stop::could_not_run(format!("`{name}` can't be {}: {reason}", given.state)))
}

/// Account and region that a number belongs to.
fn home(target: &Target, caller: Option<Caller>) -> (&str, &str) {
    let manifest = target.manifest();
    match caller {
        None => (&manifest.account, &manifest.region),
        Some(Caller::OtherAccount) => (OTHER_ACCOUNT, &manifest.region),
        Some(Caller::OtherRegion) => (&manifest.account, other_region(&manifest.region)),
    }
}

fn in_process(harness: &Harness, target: &Target, given: &GivenStep, name: &str) -> Result<(), String> {
    let (account, region) = home(target, given.caller);
    match (given.what, given.state) {
        (Given::Key, State::Working) => harness.set_key(name, None),
        (Given::Key, state) => harness.set_key(name, Some(state.as_str().parse::<KeyFault>()?)),
        (Given::Phone, _) => harness.opt_out_of(account, region, name),
    }
    Ok(())
}

fn served(target: &Target, given: &GivenStep, name: &str) -> Result<(), String> {
    let endpoint = target.addresses().ok_or("the target has no address")?.main();
    let (account, region) = home(target, given.caller);
    let body = match given.what {
        Given::Key => json!({ "key": name, "is": given.state.as_str() }),
        Given::Phone => {
            json!({ "phone": name, "is": given.state.as_str(), "account": account, "region": region })
        }
    };
    control::ask(endpoint, "POST", "/_redeliver/circumstances", &body.to_string()).map(drop)
}
