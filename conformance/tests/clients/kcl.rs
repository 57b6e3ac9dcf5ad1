//! The Kinesis Client Library: two applications of two workers each on one stream that is split and merged, and one on records that
//! another client has aggregated. Its leases are in a moto server.

use std::time::Duration;

use libtest_mimic::{Completion, Failed, Trial};

use crate::client::{BOTO3, LAST_STEP, left_out};
use crate::command::run;
use crate::moto::Moto;
use crate::project::Project;
use crate::runtime::{Runtime, command};
use crate::served::{Access, Served};

/// Four workers that share a machine with other tests.
const RUN_LIMIT: Duration = Duration::from_mins(5);

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::ignorable_test("kcl", test)]
}

fn test() -> Result<Completion, Failed> {
    for runtime in [&BOTO3, &Runtime::Java] {
        if let Some(reason) = left_out(runtime)? {
            return Ok(Completion::ignored_with(reason));
        }
    }
    let boto3 = Project::new("boto3", &BOTO3).prepare()?;
    let kcl = Project::new("kcl", &Runtime::Java).prepare()?;
    let moto = match Moto::start()? {
        Ok(moto) => moto,
        Err(reason) => return Ok(Completion::ignored_with(reason)),
    };
    let served = Served::start(Access::Http)?;
    run(command(&boto3, "python").arg("aggregate.py").envs(served.environment()), RUN_LIMIT)?;
    let mut java = command(&kcl, "java");
    java.args(["-cp", "classes:libraries/*", "Kcl"]).envs(served.environment());
    let output = run(java.env("AWS_ENDPOINT_URL_DYNAMODB", moto.url()), RUN_LIMIT)?;
    match output.lines().last() {
        Some(LAST_STEP) => Ok(Completion::Completed),
        _ => Err(format!("the last line is not `{LAST_STEP}`:\n{output}").into()),
    }
}
