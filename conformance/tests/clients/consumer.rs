//! Consumers under `redeliver chaos`, before the built-in reference and, through the proxy, before a moto server. They are in
//! `fixtures/consumers`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use libtest_mimic::{Completion, Failed, Trial};

use crate::client::{BOTO3, left_out};
use crate::command::output;
use crate::moto::Moto;
use crate::project::{BESIDE, Project};
use crate::runtime::{Runtime, command};

/// For runs of seconds each, on a machine that is busy with others.
const RUN_LIMIT: Duration = Duration::from_mins(3);

/// A language with a buggy and a mended consumer.
struct Language {
    /// Name of its folder in `fixtures/consumers`.
    name: &'static str,
    /// Folder in `conformance/clients` that installs what it needs.
    project: &'static str,
    runtime: Runtime,
    program: &'static str,
    extension: &'static str,
}

const LANGUAGES: [Language; 2] = [
    Language { name: "python", project: "boto3", runtime: BOTO3, program: "python", extension: "py" },
    Language { name: "javascript", project: "javascript", runtime: Runtime::Node, program: "node", extension: "js" },
];

/// Plans in `fixtures/consumers/plans` that show the bug, and the rule of each.
const PLANS: [(&str, &str); 2] = [("lost-reply", "send-reply-lost"), ("duplicate", "replica-duplicate")];

/// What is behind the faults.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Backend {
    Reference,
    Moto,
}

/// A test for each language and backend.
pub(crate) fn trials() -> Vec<Trial> {
    let backends = [("serve", Backend::Reference), ("proxy", Backend::Moto)];
    let trial = |language: &'static Language, (place, backend)| {
        Trial::ignorable_test(format!("consumer::{}::{place}", language.name), move || test(language, backend))
    };
    LANGUAGES.iter().flat_map(|language| backends.map(|backend| trial(language, backend))).collect()
}

fn test(language: &Language, backend: Backend) -> Result<Completion, Failed> {
    if let Some(reason) = left_out(&language.runtime)? {
        return Ok(Completion::ignored_with(reason));
    }
    let folder = Project::new(language.project, &language.runtime).beside(&fixtures().join(language.name)).prepare()?;
    let moto = match backend {
        Backend::Reference => None,
        Backend::Moto => match Moto::start()? {
            Ok(moto) => Some(moto),
            Err(reason) => return Ok(Completion::ignored_with(reason)),
        },
    };
    let run = |plan, consumer| chaos(language, &folder, plan, consumer, moto.as_ref());
    for (plan, rule) in PLANS {
        let ran = run(plan, "buggy")?;
        let is_told = ran.told.contains("effect-once") && ran.told.contains("order-3");
        if ran.code != Some(1) || !is_told || ran.rules != [rule] {
            return Err(format!("{plan}: the bug is not reported, with its fault alone: {ran:?}").into());
        }
    }
    let ran = run("both", "fixed")?;
    if ran.code != Some(0) || !ran.told.contains("1 seeds, 2 faults") {
        return Err(format!("the mended consumer does not stand both faults: {ran:?}").into());
    }
    Ok(Completion::Completed)
}

/// What came of a consumer under a plan.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    told: String,
    /// Of the smallest schedule that breaks it.
    rules: Vec<String>,
}

fn chaos(language: &Language, folder: &Path, plan: &str, consumer: &str, moto: Option<&Moto>) -> Result<Ran, String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (plans, schedule) = (fixtures().join("plans"), out.path().join("schedule.json"));
    let mut command = command(folder, env!("CARGO_BIN_EXE_redeliver"));
    command.args(["chaos", "--seeds", "1", "--crashes", "0", "--show"]);
    command.arg("--plan").arg(plans.join(format!("{plan}.yaml")));
    command.arg("--scenario").arg(plans.join("scenario.yaml")).arg("--schedule").arg(&schedule);
    if let Some(moto) = moto {
        command.args(["--upstream", moto.url()]);
    }
    command.args(["--", language.program]).arg(format!("{BESIDE}/{consumer}.{}", language.extension));
    let nowhere = out.path().join("none");
    command.env("AWS_CONFIG_FILE", &nowhere).env("AWS_SHARED_CREDENTIALS_FILE", &nowhere);
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("NODE_NO_WARNINGS", "1").env("NO_PROXY", "127.0.0.1");
    let (code, told) = output(&mut command, RUN_LIMIT)?;
    let text = std::fs::read_to_string(schedule).unwrap_or_default();
    let written: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let faults = written["faults"].as_array().into_iter().flatten();
    let rules = faults.filter_map(|fault| fault["rule"].as_str().map(str::to_owned)).collect();
    Ok(Ran { code, told, rules })
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/consumers")
}
