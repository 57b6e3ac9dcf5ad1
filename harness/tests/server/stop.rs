//! The end of a server.

use redeliver::Harness;
use redeliver::server::{Bounds, Server, Settings, StartProblem};
use serde_json::json;
use tokio::net::TcpStream;

use super::served::{Served, send, settings};

#[tokio::test]
async fn long_polls_end_without_messages_when_the_server_stops() {
    let served = Served::start().await;
    let url = served.queue("q").await;
    let request = served.json("ReceiveMessage", &[], json!({ "QueueUrl": url, "WaitTimeSeconds": 20 }).to_string());
    let poll = tokio::spawn(send(served.address, request));
    served.waits(1).await;
    let address = served.address;
    served.stop().await;
    let response = poll.await.unwrap();
    assert_eq!((response.status().as_u16(), response.body().as_ref()), (200, b"{}".as_slice()));
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn idle_connections_do_not_keep_a_server_alive() {
    let bounds = Bounds { grace: std::time::Duration::from_hours(1), ..Bounds::default() };
    let served = Served::with(Settings { bounds, ..settings() }).await;
    let _silent = TcpStream::connect(served.address).await.unwrap();
    served.queue("q").await;
    served.stop().await;
}

#[tokio::test]
async fn address_in_use_is_told_with_a_remedy() {
    let served = Served::start().await;
    let taken = Settings { address: served.address, ..settings() };
    let problem = Server::bind(&Harness::builder().build(), taken).await.unwrap_err();
    assert!(matches!(&problem, StartProblem::Listen { address, .. } if *address == served.address));
    assert!(problem.to_string().ends_with("choose another port, or port 0 for any free one"), "{problem}");
}
