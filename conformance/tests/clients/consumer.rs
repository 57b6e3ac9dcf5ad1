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

/// What the same consumers stand, and others do not, behind a topic and at a stream: plan, scenario, the consumer with the bug, its rule, and
/// the mended one.
const FEEDS: [[&str; 5]; 2] = [
    ["publish-lost-reply", "topic", "buggy", "publish-reply-lost", "fixed"],
    ["put-lost-reply", "stream", "stream_buggy", "put-reply-lost", "stream_fixed"],
];

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
    let feeds = backends.map(|(place, backend)| {
        Trial::ignorable_test(format!("consumer::python::topic_and_stream::{place}"), move || {
            other_feeds(&LANGUAGES[0], backend)
        })
    });
    LANGUAGES.iter().flat_map(|language| backends.map(|backend| trial(language, backend))).chain(feeds).collect()
}

fn test(language: &Language, backend: Backend) -> Result<Completion, Failed> {
    let Ready { folder, moto } = match ready(language, backend)? {
        Ok(ready) => ready,
        Err(reason) => return Ok(Completion::ignored_with(reason)),
    };
    let run = |plan, consumer| chaos(language, &folder, [plan, "scenario", consumer], moto.as_ref());
    for (plan, rule) in PLANS {
        is_found(&run(plan, "buggy")?, plan, rule)?;
    }
    let ran = run("both", "fixed")?;
    if ran.code != Some(0) || !ran.told.contains("1 seeds, 2 faults") {
        return Err(format!("the mended consumer does not stand both faults: {ran:?}").into());
    }
    Ok(Completion::Completed)
}

fn other_feeds(language: &Language, backend: Backend) -> Result<Completion, Failed> {
    let Ready { folder, moto } = match ready(language, backend)? {
        Ok(ready) => ready,
        Err(reason) => return Ok(Completion::ignored_with(reason)),
    };
    for [plan, scenario, buggy, rule, fixed] in FEEDS {
        is_found(&chaos(language, &folder, [plan, scenario, buggy], moto.as_ref())?, plan, rule)?;
        let ran = chaos(language, &folder, [plan, scenario, fixed], moto.as_ref())?;
        if ran.code != Some(0) || !ran.told.contains("1 seeds, 1 faults") {
            return Err(format!("{plan}: the mended consumer does not stand it: {ran:?}").into());
        }
    }
    Ok(Completion::Completed)
}

/// What a test needs.
struct Ready {
    folder: PathBuf,
    moto: Option<Moto>,
}

/// Or why it is left out.
fn ready(language: &Language, backend: Backend) -> Result<Result<Ready, String>, Failed> {
    if let Some(reason) = left_out(&language.runtime)? {
        return Ok(Err(reason));
    }
    let folder = Project::new(language.project, &language.runtime).beside(&fixtures().join(language.name)).prepare()?;
    let moto = match backend {
        Backend::Reference => None,
        Backend::Moto => match Moto::start()? {
            Ok(moto) => Some(moto),
            Err(reason) => return Ok(Err(reason)),
        },
    };
    Ok(Ok(Ready { folder, moto }))
}

fn is_found(ran: &Ran, plan: &str, rule: &str) -> Result<(), String> {
    let is_told = ran.told.contains("effect-once") && ran.told.contains("order-3");
    if ran.code != Some(1) || !is_told || ran.rules != [rule] {
        return Err(format!("{plan}: the bug is not reported, with its fault alone: {ran:?}"));
    }
    Ok(())
}

/// What came of a consumer under a plan.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    told: String,
    /// Of the smallest schedule that breaks it.
    rules: Vec<String>,
}

fn chaos(
    language: &Language,
    folder: &Path,
    [plan, scenario, consumer]: [&str; 3],
    moto: Option<&Moto>,
) -> Result<Ran, String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (plans, schedule) = (fixtures().join("plans"), out.path().join("schedule.json"));
    let mut command = command(folder, env!("CARGO_BIN_EXE_redeliver"));
    command.args(["chaos", "--seeds", "1", "--crashes", "0", "--show"]);
    command.arg("--plan").arg(plans.join(format!("{plan}.yaml")));
    command.arg("--scenario").arg(plans.join(format!("{scenario}.yaml"))).arg("--schedule").arg(&schedule);
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
