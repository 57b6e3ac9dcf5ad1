//! What is checked of a manifest beyond its schema.

use globset::GlobBuilder;
use redeliver_model::Service;
use redeliver_spec::Document;

use super::words::words_in;
use super::written::Written;
use super::{Container, Endpoint, Program};
use crate::aws::Aws;

/// Words that stand for something in the texts of what is started, without those of further ports.
const WORDS: [&str; 8] = ["port", "seed", "profile", "redeliver", "program", "folder", "files", "region"];

/// The services of a manifest: those that it names, else those of its features.
pub(super) fn services(written: &Written) -> Vec<Service> {
    match &written.services {
        Some(named) => named.iter().map(|served| served.service()).collect(),
        None => Service::ALL.into_iter().filter(|service| has_feature_of(written, *service)).collect(),
    }
}

fn has_feature_of(written: &Written, service: Service) -> bool {
    written.features.iter().any(|feature| prefix(feature.as_str()) == service.prefix())
}

fn prefix(feature: &str) -> &str {
    feature.split('.').next().unwrap_or_default()
}

/// Notes what is wrong.
pub(super) fn lint(written: &Written, document: &mut Document) {
    start(written, document);
    if let Some(aws) = &written.aws {
        calls(aws, document);
    }
    of_services(written, document);
    addresses(written, document);
    patterns(written, document);
    words(written, document);
    if written.reset.is_some() && written.jobs.is_some_and(|jobs| jobs > 1) {
        document.wrong(
            "/jobs",
            "cases take turns where the target is emptied before each",
            "leave out `jobs` or `reset`",
            "more than one at a time",
        );
    }
    if let Some(container) = &written.container
        && container.name_and_tag().is_none()
    {
        let remedy = "name one, as in `emulator:1.2.3` or `emulator@sha256:...`, so that runs can be compared";
        document.wrong("/container/image", "the image has neither tag nor digest", remedy, "which one?");
    }
}

fn start(written: &Written, document: &mut Document) {
    let ways = [
        ("/in-process", written.in_process),
        ("/endpoint", written.endpoint.is_some()),
        ("/command", written.command.is_some()),
        ("/container", written.container.is_some()),
        ("/aws", written.aws.is_some()),
    ];
    let there: Vec<_> = ways.iter().filter(|(_, there)| *there).map(|(pointer, _)| *pointer).collect();
    let remedy = "write exactly one of `in-process: true`, `endpoint`, `command`, `container` and `aws`";
    match there.as_slice() {
        [] => document.wrong("", "nothing says how the target comes to be there", remedy, "how?"),
        [_] => {}
        [.., last] => document.wrong(last, "the target cannot come to be there in two ways", remedy, "another way"),
    }
    let odd = [("/clock", written.clock.is_some()), ("/reset", written.reset.is_some())];
    for (pointer, _) in odd.iter().filter(|(_, there)| *there && written.in_process) {
        document.wrong(pointer, "each case has a reference of its own in process", "leave it out", "not in process");
    }
}

/// A window of a call that does not exist would never be one.
fn calls(aws: &Aws, document: &mut Document) {
    for (key, windows) in [("settle", &aws.settle), ("again", &aws.again)] {
        for call in windows.keys() {
            let known = call.split_once(':').is_some_and(|(service, operation)| {
                Service::from_prefix(service).is_some_and(|service| service.model().operation(operation).is_some())
            });
            if !known {
                let remedy = "write it as in specs, for example `sqs:CreateQueue`";
                document.wrong(&format!("/aws/{key}/{call}"), format!("there is no call `{call}`"), remedy, "no call");
            }
        }
    }
}

fn of_services(written: &Written, document: &mut Document) {
    let services = services(written);
    for (number, feature) in written.features.iter().enumerate() {
        let is_of_a_service = feature.as_str().contains('.');
        if is_of_a_service && !services.iter().any(|service| service.prefix() == prefix(feature.as_str())) {
            let remedy = "add its service to `services`, or leave it out";
            document.wrong(
                &format!("/features/{number}"),
                format!("`{feature}` is of a service that the target does not have"),
                remedy,
                "of another service",
            );
        }
        if written.features[..number].contains(feature) {
            document.wrong(
                &format!("/features/{number}"),
                format!("`{feature}` stands here twice"),
                "keep one",
                "again",
            );
        }
    }
    for (number, service) in services.iter().enumerate() {
        if !has_feature_of(written, *service) {
            let prefix = service.prefix();
            document.wrong(
                &format!("/services/{number}"),
                format!("`{prefix}` has no feature"),
                format!("add a feature such as `{prefix}.standard`, or leave it out"),
                "without a feature",
            );
        }
    }
}

fn addresses(written: &Written, document: &mut Document) {
    if let Some(url) = &written.endpoint
        && let Err(problem) = Endpoint::parse(url)
    {
        document.wrong("/endpoint", problem.to_string(), "write scheme, host and port", "no endpoint");
    }
    let endpoints = &written.endpoints;
    for (name, url) in [("sqs", &endpoints.sqs), ("sns", &endpoints.sns), ("kinesis", &endpoints.kinesis)] {
        let Some(url) = url else { continue };
        // Words stand for ports: any number shows whether the rest is an address.
        let filled = words_in(url).fold(url.clone(), |filled, word| filled.replace(&format!("${{{word}}}"), "1"));
        if let Err(problem) = Endpoint::parse(&filled) {
            let pointer = format!("/endpoints/{name}");
            document.wrong(&pointer, problem.to_string(), "write scheme, host and port", "no endpoint");
        }
    }
}

fn patterns(written: &Written, document: &mut Document) {
    let known = written.known.iter().map(|known| ("known", &known.pattern));
    let avoid = written.avoid.iter().map(|avoided| ("avoid", &avoided.pattern));
    let numbered = known.enumerate().chain(avoid.enumerate());
    for (number, (list, pattern)) in numbered {
        if let Err(error) = GlobBuilder::new(pattern).literal_separator(true).build() {
            let pointer = format!("/{list}/{number}/pattern");
            let remedy = "write a glob over case ids, as in `sqs/fifo/*::*`";
            document.wrong(&pointer, format!("this is no pattern: {}", error.kind()), remedy, "no pattern");
        }
    }
}

/// A word that stands for nothing would reach the target as it is written.
fn words(written: &Written, document: &mut Document) {
    let mut texts: Vec<(String, &str)> = Vec::new();
    let mut ports: Vec<&str> = Vec::new();
    if let Some(program) = &written.command {
        texts.extend(of_program(program));
        ports.extend(super::words::port_names(texts.iter().map(|(_, text)| *text)));
    }
    if let Some(container) = &written.container {
        texts.extend(of_container(container));
        ports.extend(container.ports.keys().map(String::as_str));
    }
    let endpoints = &written.endpoints;
    for (name, url) in [("sqs", &endpoints.sqs), ("sns", &endpoints.sns), ("kinesis", &endpoints.kinesis)] {
        texts.extend(url.as_ref().map(|url| (format!("/endpoints/{name}"), url.as_str())));
    }
    for (pointer, text) in texts {
        for word in words_in(text) {
            let known = match word.strip_prefix("port:") {
                Some(name) => ports.contains(&name),
                None => WORDS.contains(&word),
            };
            if !known {
                let words = WORDS.map(|word| format!("`${{{word}}}`")).join(", ");
                let remedy = format!("use one of {words}, or `${{port:NAME}}` for another port");
                document.wrong(&pointer, format!("`${{{word}}}` stands for nothing"), remedy, "unknown word");
            }
        }
    }
}

/// The texts of a command in which words may stand.
fn of_program(program: &Program) -> impl Iterator<Item = (String, &str)> {
    let args = program.args.iter().enumerate().map(|(n, arg)| (format!("/command/args/{n}"), arg.as_str()));
    let environment =
        program.environment.iter().map(|(name, value)| (format!("/command/environment/{name}"), value.as_str()));
    let version = program.version.iter().enumerate().map(|(n, arg)| (format!("/command/version/{n}"), arg.as_str()));
    args.chain(environment).chain(version)
}

/// The texts of a container in which words may stand.
fn of_container(container: &Container) -> impl Iterator<Item = (String, &str)> {
    let args = container.args.iter().enumerate().map(|(n, arg)| (format!("/container/args/{n}"), arg.as_str()));
    let environment =
        container.environment.iter().map(|(name, value)| (format!("/container/environment/{name}"), value.as_str()));
    args.chain(environment)
}
