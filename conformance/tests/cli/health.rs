//! `redeliver health`, against a server and against none.

use std::io::{BufRead as _, BufReader};

use crate::program::Place;

#[test]
fn a_server_is_healthy_until_it_ends() {
    let place = Place::new();
    let mut server = place.start("serve --port 0");
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("redeliver is listening on ").unwrap();
    let asked = |arguments: &str| {
        let ended = place.redeliver(&format!("health {arguments}"));
        (ended.code, ended.stdout, ended.stderr)
    };
    let healthy = (Some(0), "healthy\n".to_owned(), String::new());
    assert_eq!(asked(url), healthy);
    let port = url.rsplit(':').next().unwrap();
    assert_eq!(asked(&format!("--port {port}")), healthy);
    server.kill().unwrap();
    server.wait().unwrap();
    let (code, stdout, stderr) = asked(url);
    assert_eq!((code, stdout.as_str()), (Some(4), ""));
    assert!(stderr.starts_with(&format!("error: no healthy `redeliver serve` at {url}: ")), "{stderr}");
}

#[test]
fn a_server_without_control_api_can_not_be_asked() {
    let place = Place::new();
    let mut server = place.start("serve --port 0 --no-control");
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("redeliver is listening on ").unwrap();
    let ended = place.redeliver(&format!("health {url}"));
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(ended.code, Some(4));
    assert!(ended.stderr.contains("the control API is switched off"), "{}", ended.stderr);
}
