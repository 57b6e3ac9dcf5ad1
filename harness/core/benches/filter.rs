//! A message against filter policies: matches a second, with a policy of five keys, and one message against those of 10,000 subscriptions.
//!
//! `cargo bench -p redeliver-core --bench filter`

#[path = "cycle/cpu_time.rs"]
mod cpu_time;

use std::hint::black_box;

use cpu_time::CpuTime;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use redeliver_core::sns::filter_policy::{FilterPolicy, Filterable, Scope};

const POLICY: &str = r#"{
    "store": ["example_corp", "other_corp"],
    "event": [{"anything-but": "order_cancelled"}],
    "customer_interests": ["rugby", "football", {"prefix": "base"}],
    "price_usd": [{"numeric": [">=", 100, "<", 500]}],
    "encrypted": [{"exists": false}]
}"#;

/// What each attribute of the message is: all keys of the policy have to be looked at, and the message fits.
const ATTRIBUTES: [(&str, &str, Option<&str>); 6] = [
    ("store", "String", Some("example_corp")),
    ("event", "String", Some("order_placed")),
    ("customer_interests", "String.Array", Some(r#"["soccer", "baseball"]"#)),
    ("price_usd", "Number", Some("210.75")),
    ("trace", "String", Some("1-581cf771-a006649127e371903a2de979")),
    ("picture", "Binary", None),
];

const BODY: &str = r#"{
    "store": "example_corp",
    "event": "order_placed",
    "customer_interests": ["soccer", "baseball"],
    "price_usd": 210.75,
    "items": [{"sku": 1, "count": 2}, {"sku": 2, "count": 1}]
}"#;

const SUBSCRIPTIONS: usize = 10_000;

fn policy(scope: Scope) -> FilterPolicy {
    FilterPolicy::parse(POLICY, scope).expect("the policy is one")
}

fn one_policy(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("five keys");
    group.throughput(Throughput::Elements(1));
    let message = Filterable::new(ATTRIBUTES, BODY);
    for (name, scope) in [("attributes", Scope::MessageAttributes), ("body", Scope::MessageBody)] {
        let policy = policy(scope);
        assert!(policy.matches(&message), "the message fits the policy");
        group.bench_function(name, |bencher| bencher.iter(|| black_box(&policy).matches(black_box(&message))));
        group.bench_function(format!("{name}, with the message prepared each time"), |bencher| {
            bencher.iter(|| black_box(&policy).matches(&Filterable::new(black_box(ATTRIBUTES), black_box(BODY))));
        });
    }
    group.bench_function("compile", |bencher| {
        bencher.iter(|| FilterPolicy::parse(black_box(POLICY), Scope::MessageAttributes));
    });
    group.finish();
}

fn many_policies(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("one message");
    group.throughput(Throughput::Elements(SUBSCRIPTIONS as u64));
    for (name, scope) in [("attributes", Scope::MessageAttributes), ("body", Scope::MessageBody)] {
        let policies: Vec<FilterPolicy> = (0..SUBSCRIPTIONS).map(|_| policy(scope)).collect();
        group.bench_function(format!("{SUBSCRIPTIONS} policies, {name}"), |bencher| {
            bencher.iter(|| {
                let message = Filterable::new(black_box(ATTRIBUTES), black_box(BODY));
                policies.iter().filter(|policy| policy.matches(&message)).count()
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = one_policy, many_policies
}
criterion_main!(benches);
