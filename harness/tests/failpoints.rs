//! Every fail point is hit, at its moment, and only when it is armed. One test: the registry belongs to the process.

#![expect(clippy::unwrap_used, reason = "all of this is a test")]

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region};
use redeliver::proxy::Upstream;
use redeliver::server::{Server, Settings};
use redeliver::world::Effects;
use redeliver::{Harness, Test};
use redeliver_chaos::failpoints::{
    AFTER_EFFECT, AFTER_UPSTREAM, ALL, BEFORE_ANSWER, BEFORE_EFFECT, BEFORE_KEEP, BEFORE_RENAME,
};

/// A server, or a proxy before another; gives its address.
async fn serve(upstream: Option<&str>) -> String {
    let upstream = upstream.map(|url| Upstream::parse(url).unwrap());
    let settings = Settings { address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), upstream, ..Settings::default() };
    let server = Server::bind(&Harness::builder().build(), settings).await.unwrap();
    let url = server.url().to_owned();
    tokio::spawn(server.run(std::future::pending()));
    url
}

/// A client that does not try again.
fn client(url: &str) -> Client {
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(url)
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(RetryConfig::disabled());
    Client::from_conf(config.build())
}

/// Whether a queue of this name is made known to its maker, and whether it is there then.
async fn create(sqs: &Client, name: &str) -> [bool; 2] {
    let is_told = sqs.create_queue().queue_name(name).send().await.is_ok();
    let is_there = sqs.get_queue_url().queue_name(name).send().await.is_ok();
    [is_told, is_there]
}

async fn history(url: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(b"GET /_redeliver/history HTTP/1.0\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Lets a consumer that pays twice fail; gives the names in the folder of its regression file.
fn regression() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let test = Test::new("pays").environment(false).manifest_dir(folder.path()).budget(Duration::from_mins(2)).seeds(0);
    let outcome = test.first_only(true).run(|world| async move {
        let queue = world.sqs().queue("orders").create().await;
        world.send(&queue, ["order-3"]).await;
        let consume = world.consume(|aws| pay(aws.sqs(), queue.url(), world.effects()));
        consume.until_drained(&queue).await;
        world.check().effect_once();
    });
    let _ = outcome.unwrap_failure();
    let files = std::fs::read_dir(folder.path().join("redeliver-regressions")).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

/// Pays as often as a message comes.
async fn pay(sqs: Client, url: String, effects: Effects) {
    loop {
        let receive = sqs.receive_message().queue_url(&url).wait_time_seconds(20);
        let Ok(received) = receive.send().await else { continue };
        for message in received.messages() {
            effects.record(message.body().unwrap(), 10);
            let handle = message.receipt_handle().unwrap();
            let _ = sqs.delete_message().queue_url(&url).receipt_handle(handle).send().await;
        }
    }
}

#[test]
fn every_point_is_hit_at_its_moment() {
    let scenario = fail::FailScenario::setup();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let served = runtime.block_on(serve(None));
    let proxied = runtime.block_on(serve(Some(&served)));
    let mut hit = Vec::new();
    let mut arm = |point| {
        fail::cfg(point, "1*return").unwrap();
        hit.push(point);
    };
    let calls = [(BEFORE_EFFECT, [false, false]), (AFTER_EFFECT, [false, true]), (BEFORE_ANSWER, [false, true])];
    for (point, expected) in calls {
        let name = point.replace("::", "-");
        arm(point);
        assert_eq!(runtime.block_on(create(&client(&served), &name)), expected, "{point}, served");
        arm(point);
        let here = Harness::builder().build();
        let in_process = Client::from_conf(here.sqs_config().retry_config(RetryConfig::disabled()).build());
        assert_eq!(runtime.block_on(create(&in_process, &name)), expected, "{point}, in process");
    }
    arm(AFTER_UPSTREAM);
    assert_eq!(runtime.block_on(create(&client(&proxied), "behind")), [false, true]);
    arm(BEFORE_KEEP);
    assert_eq!(runtime.block_on(create(&client(&served), "not-kept")), [true, true]);
    let told = runtime.block_on(history(&served));
    let calls = told.lines().filter(|line| line.contains("not-kept") && line.contains("\"invoke\"")).count();
    assert_eq!(calls, 1, "the call that made it is missing: {told}");
    drop(runtime);
    arm(BEFORE_RENAME);
    assert_eq!(regression(), ["pays.json.new"]);
    assert_eq!(regression(), ["pays.json"]);
    hit.dedup();
    assert!(ALL.iter().all(|point| hit.contains(point)), "not hit: {ALL:?} without {hit:?}");
    scenario.teardown();
}
